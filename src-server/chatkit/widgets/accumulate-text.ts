import type { WidgetRoot } from '../../../src-shared/chatkit/index.ts';

/** A widget in which one text is written as it comes. */
export type WidgetWithText = (text: string, streaming: boolean) => WidgetRoot;

/**
 * The states of a widget while a text grows in it, for `streamWidget` (protocol §8.1): without text, with each further
 * piece, and whole.
 *
 * @param build makes the widget with the text so far, for example a card with a `Markdown` that has an id
 */
export async function* accumulateText(
  deltas: AsyncIterable<string> | Iterable<string>,
  build: WidgetWithText,
): AsyncGenerator<WidgetRoot> {
  let text = '';
  yield build(text, true);
  for await (const delta of deltas) {
    if (delta === '') continue;
    text += delta;
    yield build(text, true);
  }
  yield build(text, false);
}
