/**
 * Widgets on the wire. Like the reference, the protocol layer is tolerant of component types that it does not
 * know; only the root is limited to the three root types (protocol §7.1).
 */
import { z } from 'zod';

/** Any widget node: a type, an optional id and key, and the props of that type. */
export const widgetComponentSchema = z.looseObject({
  type: z.string(),
  id: z.string().nullish(),
  key: z.string().nullish(),
});
export type WidgetComponent = z.infer<typeof widgetComponentSchema>;

export const WIDGET_ROOT_TYPES = ['Card', 'ListView', 'Basic'] as const;

export const widgetRootSchema = widgetComponentSchema.extend({ type: z.enum(WIDGET_ROOT_TYPES) });
export type WidgetRoot = z.infer<typeof widgetRootSchema>;

/** What a widget or the page asks the server to do. */
export const actionSchema = z.object({ type: z.string(), payload: z.unknown().optional() });
export type Action = z.infer<typeof actionSchema>;
