/** Fields to type in: Input, Textarea. */
import { componentSchemas } from '../../../../src-shared/chatkit/index.ts';
import { patternAttribute, typingAttributes, useAutoFocus } from './EditableText.tsx';
import type { PartProps } from './part.ts';
import { readProps } from './props.ts';
import { fieldId, useWidget } from './scope.ts';

export function Input({ node }: PartProps) {
  const widget = useWidget();
  const props = readProps(componentSchemas.Input, node);
  const field = useAutoFocus<HTMLInputElement>(props?.autoFocus === true);
  if (props === null) return null;
  return (
    <input
      {...typingAttributes(props)}
      {...patternAttribute(props)}
      ref={field}
      id={fieldId(widget, props.name)}
      type={props.inputType ?? 'text'}
      className="ckw-field"
      data-variant={props.variant ?? 'outline'}
      data-size={props.size ?? 'md'}
      data-gutter={props.gutterSize ?? undefined}
      data-pill={props.pill || undefined}
      defaultValue={props.defaultValue ?? ''}
      disabled={props.disabled ?? false}
      aria-label={ariaName(widget.labelled, props.name, props.placeholder)}
    />
  );
}

const MAX_ROWS = 40;

export function Textarea({ node }: PartProps) {
  const widget = useWidget();
  const props = readProps(componentSchemas.Textarea, node);
  const field = useAutoFocus<HTMLTextAreaElement>(props?.autoFocus === true);
  if (props === null) return null;
  const rows = Math.min(Math.max(props.rows ?? 3, 1), MAX_ROWS);
  const most = props.maxRows == null ? MAX_ROWS : Math.min(Math.max(props.maxRows, rows), MAX_ROWS);
  const grow = props.autoResize === true;
  return (
    <textarea
      {...typingAttributes(props)}
      ref={field}
      id={fieldId(widget, props.name)}
      className="ckw-field ckw-area"
      data-variant={props.variant ?? 'outline'}
      data-size={props.size ?? 'md'}
      data-gutter={props.gutterSize ?? undefined}
      data-grow={grow || undefined}
      style={grow ? { maxHeight: `calc(${most}lh + 20px)`, minHeight: `calc(${rows}lh + 20px)` } : undefined}
      rows={rows}
      defaultValue={props.defaultValue ?? ''}
      disabled={props.disabled ?? false}
      aria-label={ariaName(widget.labelled, props.name, props.placeholder)}
      onInput={(event) => {
        if (grow && !CSS.supports?.('field-sizing', 'content')) resize(event.currentTarget);
      }}
    />
  );
}

function resize(area: HTMLTextAreaElement) {
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight + 2}px`;
}

/** The name of a field that no `Label` names. */
export function ariaName(
  labelled: ReadonlySet<string>,
  name: string,
  placeholder: string | null | undefined,
): string | undefined {
  return labelled.has(name) ? undefined : (placeholder ?? name);
}
