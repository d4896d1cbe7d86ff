/** Widgets on the server's side: streaming them, and building them from templates. */
export { accumulateText, type WidgetWithText } from './accumulate-text.ts';
export * as widgets from './builders.ts';
export { diffWidget } from './diff.ts';
export { type StreamWidgetOptions, streamWidget } from './stream-widget.ts';
export { WidgetTemplate, WidgetTemplateError } from './template.ts';
