/**
 * Finds the formulas in Markdown and marks them, before the Markdown is read: `$…$`, `$$…$$`, `\(…\)` and `\[…\]`. A
 * marked formula is a code span of one line with a private character in front, which no Markdown inside can break and
 * which never spans two blocks. Prices stay text, and so do formulas that have not ended yet.
 */

/** Begins the code span of a formula. A private character: models have no use for it. */
const MARK = '\uE0F0';
/** Longer formulas stay text: typesetting them would hold the page. In characters. */
const LONGEST = 8_000;

/** One formula as its author wrote it. */
export interface FormulaSource {
  tex: string;
  /** On a line of its own. */
  display: boolean;
}

/** Replaces every finished formula outside of code. */
export function markFormulas(text: string): string {
  const clean = text.includes(MARK) ? text.replaceAll(MARK, '\uFFFD') : text;
  if (!clean.includes('$') && !clean.includes('\\(') && !clean.includes('\\[')) return clean;
  let out = '';
  let copied = 0;
  let at = 0;
  while (at < clean.length) {
    const next = nextOf(clean, at);
    if (next === null) break;
    if (next.kind === 'skip') {
      at = next.end;
      continue;
    }
    const marked = mark(next.formula);
    if (marked !== null) {
      out += clean.slice(copied, next.start) + marked;
      copied = next.end;
    }
    at = next.end;
  }
  return out + clean.slice(copied);
}

/** The formula in the text of a code span, or null for code. */
export function readFormula(code: string): FormulaSource | null {
  if (!code.startsWith(MARK)) return null;
  try {
    return { display: code[MARK.length] === 'd', tex: decodeURIComponent(code.slice(MARK.length + 1)) };
  } catch {
    return null;
  }
}

function mark({ tex, display }: FormulaSource): string | null {
  if (tex.length > LONGEST) return null;
  try {
    return `\`${MARK}${display ? 'd' : 'i'}${encodeURIComponent(tex)}\``;
  } catch {
    // Half a surrogate pair.
    return null;
  }
}

type Found =
  | { kind: 'skip'; end: number }
  | { kind: 'formula'; start: number; end: number; formula: FormulaSource };

/** Everything that begins code or a formula; a fence only at the start of a line, also inside lists and quotes. */
const OPENERS = /^[ \t>*+\-\d.)]*?(`{3,}|~{3,})|`+|\\[([]|\\[\s\S]|\$\$|\$/gm;

function nextOf(text: string, from: number): Found | null {
  OPENERS.lastIndex = from;
  const match = OPENERS.exec(text);
  if (match === null) return null;
  const [opener, fence] = match;
  const start = match.index;
  const inside = start + opener.length;
  if (fence !== undefined) return { kind: 'skip', end: fenceEnd(text, inside, fence) };
  if (opener.startsWith('`')) return { kind: 'skip', end: codeEnd(text, inside, opener) };
  const closer = CLOSERS[opener];
  const end = closer === undefined ? null : closer(text, inside);
  if (end === null) return { kind: 'skip', end: inside };
  const width = opener.length;
  const tex = text.slice(inside, end).trim();
  if (tex === '') return { kind: 'skip', end: inside };
  const display = opener === '$$' || opener === '\\[';
  return {
    kind: 'formula',
    start,
    end: end + width,
    formula: { tex: withoutQuoteMarks(tex).trim(), display },
  };
}

/** Where each kind of formula ends: the position of its closing sign, or null. */
const CLOSERS: Record<string, (text: string, inside: number) => number | null> = {
  $$: (text, inside) => closing(text, inside, '$$', true),
  '\\[': (text, inside) => closing(text, inside, '\\]', true),
  '\\(': (text, inside) => closing(text, inside, '\\)', false),
  $: dollarEnd,
};

function closing(text: string, inside: number, sign: string, blankLines: boolean): number | null {
  const window = text.slice(inside, inside + LONGEST + sign.length);
  for (let end = window.indexOf(sign); end !== -1; end = window.indexOf(sign, end + 1)) {
    if (sign === '$$' && isEscaped(window, end)) continue;
    const content = window.slice(0, end);
    const broken = (!blankLines && BLANK_LINE.test(content)) || /^[ \t]*(?:```|~~~)/m.test(content);
    return broken ? null : inside + end;
  }
  return null;
}

const BLANK_LINE = /\n[ \t]*\n/;

/**
 * The rule of Pandoc, which keeps prices: no space after the first sign and none before the last, no digit after it;
 * within one paragraph.
 */
function dollarEnd(text: string, inside: number): number | null {
  if (/^[\s$]/.test(text.slice(inside, inside + 1))) return null;
  const window = text.slice(inside, inside + LONGEST + 2);
  for (let end = window.indexOf('$'); end !== -1; end = window.indexOf('$', end + 1)) {
    if (isEscaped(window, end)) continue;
    const content = window.slice(0, end);
    // A sign that cannot end this formula begins the next one: nothing further off is looked at.
    if (BLANK_LINE.test(content) || /\s$|`/.test(content) || /[\d$]/.test(window.charAt(end + 1)))
      return null;
    return PRICE.test(content) ? null : inside + end;
  }
  return null;
}

/** "$5-$x": a number alone before the sign is a price as well. */
const PRICE = /^[\d.,]+[kKmMbB]?(?:[-–—/]|\s*(?:to|and|or|bis|à|et|ou)\s*)?$/;

function isEscaped(text: string, at: number): boolean {
  let count = 0;
  while (text[at - 1 - count] === '\\') count += 1;
  return count % 2 === 1;
}

/** A fence ends at a line with as many of its signs, or with the text. */
function fenceEnd(text: string, inside: number, fence: string): number {
  const end = new RegExp(`^[ \\t>]*\\${fence[0] ?? ''}{${fence.length},}[ \\t]*$`, 'gm');
  const line = text.indexOf('\n', inside);
  if (line === -1) return text.length;
  end.lastIndex = line + 1;
  const match = end.exec(text);
  return match === null ? text.length : match.index + match[0].length;
}

/** A code span ends at a run of the same length in the same paragraph; without one its signs are text. */
function codeEnd(text: string, inside: number, run: string): number {
  const runs = /`+|\n[ \t]*\n/g;
  runs.lastIndex = inside;
  for (let match = runs.exec(text); match !== null; match = runs.exec(text)) {
    if (match[0].startsWith('\n')) return inside;
    if (match[0] === run) return match.index + run.length;
  }
  return inside;
}

/** A formula inside a quotation has the signs of the quotation before each of its lines. */
function withoutQuoteMarks(tex: string): string {
  const lines = tex.split('\n');
  if (lines.length < 2 || !lines.slice(1).every((line) => /^\s*>/.test(line))) return tex;
  return lines.map((line) => line.replace(/^\s*>\s?/, '')).join('\n');
}
