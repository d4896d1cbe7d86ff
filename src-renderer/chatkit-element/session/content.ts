/** Texts and tags in a row: what a person writes into a message (protocol §4.4). */
import type { UserContent } from '../../../src-shared/chatkit/index.ts';

/** A part as a person reads it; what stands in a plain text box, on the clipboard, and in the transcript. */
export function partText(part: UserContent): string {
  return part.type === 'input_text' ? part.text : `@${part.text}`;
}

/** Makes one text of neighbouring texts, and drops empty ones. */
export function joinTexts(content: readonly UserContent[]): UserContent[] {
  const joined: UserContent[] = [];
  for (const part of content) {
    if (part.type === 'input_text' && part.text === '') continue;
    const last = joined.at(-1);
    if (part.type === 'input_text' && last?.type === 'input_text') {
      joined[joined.length - 1] = { type: 'input_text', text: last.text + part.text };
    } else joined.push(part);
  }
  return joined;
}

/** Without white space at either end; what is sent. */
export function trimmed(content: readonly UserContent[]): UserContent[] {
  const parts = joinTexts(content);
  const first = parts[0];
  if (first?.type === 'input_text') parts[0] = { type: 'input_text', text: first.text.trimStart() };
  const last = parts.at(-1);
  if (last?.type === 'input_text') {
    parts[parts.length - 1] = { type: 'input_text', text: last.text.trimEnd() };
  }
  return joinTexts(parts);
}

/** The parts between two places of the text that {@link partText} gives. A tag that is cut becomes text. */
export function sliceContent(content: readonly UserContent[], from: number, to: number): UserContent[] {
  const slice: UserContent[] = [];
  let at = 0;
  for (const part of content) {
    const text = partText(part);
    const [start, end] = [Math.max(from - at, 0), Math.min(to - at, text.length)];
    at += text.length;
    if (start >= end) continue;
    const whole = start === 0 && end === text.length;
    slice.push(whole ? part : { type: 'input_text', text: text.slice(start, end) });
  }
  return joinTexts(slice);
}

/** The content after its text was edited in a box that knows no tags: those that were not touched stay tags. */
export function editedContent(content: readonly UserContent[], text: string): UserContent[] {
  const old = content.map(partText).join('');
  const most = Math.min(old.length, text.length);
  let before = 0;
  while (before < most && old[before] === text[before]) before += 1;
  let after = 0;
  while (after < most - before && old.at(-1 - after) === text.at(-1 - after)) after += 1;
  return joinTexts([
    ...sliceContent(content, 0, before),
    { type: 'input_text', text: text.slice(before, text.length - after) },
    ...sliceContent(content, old.length - after, old.length),
  ]);
}
