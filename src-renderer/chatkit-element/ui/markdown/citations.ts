/**
 * Marks in the text of an answer where a source is cited. They are private characters, put in before the Markdown is
 * read and taken out of its tree again, so that no Markdown can break them and none can be forged.
 */
import type { Element, ElementContent, Root } from 'hast';
import type { Annotation, Source } from '../../../../src-shared/chatkit/index.ts';

const BEGIN = '\uE0F1';
const END = '\uE0F2';
const MARK = /\uE0F1(\d+)\uE0F2/;
const MARKS = new RegExp(MARK, 'g');
/** The same in an address, where it is encoded. */
const MARKS_IN_ADDRESS = /%EE%83%B1\d+%EE%83%B2/gi;
const PRIVATE = /[\uE0F1\uE0F2]/g;

/** The sources of an answer, each once, in the order in which they are numbered. */
export function uniqueSources(annotations: readonly Annotation[]): Source[] {
  return [...new Map(annotations.map(({ source }) => [sourceKey(source), source])).values()];
}

/** What makes two sources the same. */
export function sourceKey(source: Source): string {
  if (source.type === 'url') return `url ${source.url}`;
  return source.type === 'file' ? `file ${source.filename}` : `entity ${source.id}`;
}

/**
 * The text with a mark for every annotation that has a place in it. A place where a mark would change what the Markdown
 * means has none: its source is in the list all the same.
 */
export function markCitations(
  text: string,
  annotations: readonly Annotation[],
  sources: readonly Source[],
): string {
  const clean = text.replace(PRIVATE, '\uFFFD');
  const numbers = new Map(sources.map((source, index) => [sourceKey(source), index]));
  const marks = new Map<number, number[]>();
  for (const { index, source } of annotations) {
    const place = typeof index === 'number' ? placeOf(clean, index) : null;
    const number = numbers.get(sourceKey(source));
    if (place === null || number === undefined) continue;
    const there = marks.get(place) ?? [];
    if (!there.includes(number)) marks.set(place, [...there, number]);
  }
  if (marks.size === 0) return clean;
  let marked = '';
  let from = 0;
  for (const [place, cited] of [...marks].toSorted(([a], [b]) => a - b)) {
    marked += clean.slice(from, place) + cited.map((number) => `${BEGIN}${number}${END}`).join('');
    from = place;
  }
  return marked + clean.slice(from);
}

/** Lines that are no words: fences, rules, the line below the head of a table, a list's own signs. */
const NO_WORDS = /^\s*(?:`{3}|~{3}|[^\p{L}\p{N}]*$|\d+[.)]\s*$)/u;

/** Where the mark for a character position goes: right after a word; null where none can stand. */
function placeOf(text: string, index: number): number | null {
  let place = inUnits(text, index);
  if (place === null) return null;
  // Emphasis with low lines ends only before white space.
  while (place > 0 && /[\s_]/.test(text.charAt(place - 1))) place -= 1;
  const line = text.slice(text.lastIndexOf('\n', place - 1) + 1, place);
  return place === 0 || NO_WORDS.test(line) ? null : place;
}

/** Servers count characters; a string here counts the halves of those beyond the first 65,536 too. Null beyond the end. */
function inUnits(text: string, index: number): number | null {
  if (index < 0 || index > text.length) return null;
  if (!/[\uD800-\uDBFF]/.test(text.slice(0, index))) return index;
  let units = 0;
  for (let count = 0; count < index; count += 1) {
    const code = text.codePointAt(units);
    if (code === undefined) return null;
    units += code > 0xffff ? 2 : 1;
  }
  return units;
}

/** An address without marks. */
export function withoutMarks(text: string): string {
  return text.replace(MARKS, '').replace(MARKS_IN_ADDRESS, '');
}

/** Whether there are marks in a text at all. */
export function hasMarks(text: string): boolean {
  return text.includes(BEGIN);
}

/** The element that stands for a mark in the tree; its number is in `data-source`. */
export const CITATION_TAG = 'cite';

/** Turns the marks in a tree into elements; in code and in what is no text they go. */
export function rehypeCitations() {
  return (root: Root) => {
    root.children = resolved(root.children as ElementContent[]);
  };
}

function resolved(children: readonly ElementContent[]): ElementContent[] {
  return children.flatMap((child): ElementContent[] => {
    if (child.type === 'text') return pieces(child.value);
    // What would be HTML is shown as it is written.
    if (child.type !== 'element') return [{ ...child, value: withoutMarks(child.value) }];
    for (const name of ['alt', 'title']) {
      const value = child.properties[name];
      if (typeof value === 'string') child.properties[name] = withoutMarks(value);
    }
    if (child.tagName === 'code') {
      child.children = child.children.map(plain);
      return [child];
    }
    child.children = resolved(child.children);
    return child.tagName === 'a' ? [child, ...takeCitations(child)] : [child];
  });
}

function pieces(text: string): ElementContent[] {
  if (!hasMarks(text)) return [{ type: 'text', value: text }];
  // Every second piece is the number of a mark.
  return text.split(MARK).flatMap((value, index): ElementContent[] => {
    if (index % 2 === 1) return [citation(value)];
    return value === '' ? [] : [{ type: 'text', value }];
  });
}

function citation(number: string): Element {
  return { type: 'element', tagName: CITATION_TAG, properties: { dataSource: number }, children: [] };
}

function plain(child: ElementContent): ElementContent {
  if (child.type === 'text') return { ...child, value: withoutMarks(child.value) };
  if (child.type !== 'element') return child;
  return { ...child, children: child.children.map(plain) };
}

/** A link inside of a link would be none: citations stand behind it. */
function takeCitations(link: Element): Element[] {
  const taken: Element[] = [];
  const rest = (element: Element) => {
    element.children = element.children.filter((child) => {
      if (child.type !== 'element') return true;
      if (child.tagName !== CITATION_TAG) {
        rest(child);
        return true;
      }
      taken.push(child);
      return false;
    });
  };
  rest(link);
  return taken;
}
