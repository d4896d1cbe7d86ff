/** A model as it is being typed, and what becomes of it. */
import type { OfferedModel } from '../../../../src-shared/api/index.ts';
import { type Result, refusal, success } from '../../../../src-shared/result.ts';
import { amountText, parseAmount, parseCount } from '../../ui/amounts.ts';

export type ModelField = 'model' | 'id' | 'label' | 'input' | 'cached' | 'output' | 'longest';
export type ModelDraft = Readonly<Record<ModelField, string>>;

export const EMPTY_MODEL: ModelDraft = {
  model: '',
  id: '',
  label: '',
  input: '',
  cached: '',
  output: '',
  longest: '',
};

export function toDraft(model: OfferedModel, locale: string): ModelDraft {
  return {
    model: model.model,
    id: model.id,
    label: model.label,
    input: amountText(model.input_price, locale),
    cached: amountText(model.cached_price, locale),
    output: amountText(model.output_price, locale),
    longest: model.max_output_tokens === null ? '' : String(model.max_output_tokens),
  };
}

/** The model that was typed, or the fields that are wrong. */
export function readDraft(draft: ModelDraft): Result<OfferedModel, ModelField[]> {
  const model = draft.model.trim();
  const id = draft.id.trim();
  const label = draft.label.trim();
  const input_price = parseAmount(draft.input);
  const cached_price = parseAmount(draft.cached);
  const output_price = parseAmount(draft.output);
  const max_output_tokens = parseCount(draft.longest, { min: 16, max: 10_000_000 });
  const wrong: ModelField[] = [];
  if (model === '' || model.length > 200) wrong.push('model');
  if (id === '' || id.length > 200) wrong.push('id');
  if (label.length > 100) wrong.push('label');
  if (input_price === undefined) wrong.push('input');
  if (cached_price === undefined) wrong.push('cached');
  if (output_price === undefined) wrong.push('output');
  if (max_output_tokens === undefined) wrong.push('longest');
  if (
    wrong.length > 0 ||
    input_price === undefined ||
    cached_price === undefined ||
    output_price === undefined ||
    max_output_tokens === undefined
  ) {
    return refusal(wrong);
  }
  return success({ id, model, label, input_price, cached_price, output_price, max_output_tokens });
}
