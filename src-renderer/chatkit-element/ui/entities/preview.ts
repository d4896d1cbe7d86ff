/** What the host shows of something that was mentioned. */
import type { Entity } from '@openai/chatkit';
import { z } from 'zod';
import { type WidgetRoot, widgetRootSchema } from '../../../../src-shared/chatkit/index.ts';

export type Preview =
  | { kind: 'loading' }
  | { kind: 'ready'; widget: WidgetRoot }
  /** The host has nothing to show. */
  | { kind: 'none' }
  | { kind: 'failed' };

/** A preview larger than this, as JSON, is not drawn. */
const MAX_SIZE = 200_000;

const answerSchema = z.object({ preview: widgetRootSchema.nullable() });

/** Null when the answer is not what the contract says. */
export function readPreview(answer: unknown): Preview | null {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) return null;
  const { preview } = parsed.data;
  if (preview === null) return { kind: 'none' };
  if (preview.type !== 'Basic' || JSON.stringify(preview).length > MAX_SIZE) return null;
  return { kind: 'ready', widget: preview };
}

/** A part of a message, or a source, as hosts get it. Values of `data` are texts there. */
export function entityOf(from: {
  id: string;
  title: string;
  data: Readonly<Record<string, unknown>>;
  group?: string | null | undefined;
  icon?: string | null | undefined;
}): Entity {
  const data = Object.entries(from.data).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return {
    id: from.id,
    title: from.title,
    interactive: true,
    data: Object.fromEntries(data),
    ...(from.group ? { group: from.group } : {}),
    ...(from.icon ? { icon: from.icon } : {}),
  };
}
