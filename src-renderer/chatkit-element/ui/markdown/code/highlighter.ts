/** Colours code, a few lines at a time, so that the page stays quick. Loaded when the first code block wants colours. */
import {
  createCssVariablesTheme,
  createHighlighterCore,
  type GrammarState,
  type HighlighterCore,
  type ThemedToken,
} from '@shikijs/core';
import { createJavaScriptRegexEngine } from '@shikijs/engine-javascript';
import { grammarOf } from './languages.ts';

/** One coloured piece of a line. The class is one of a small known set. */
export interface Token {
  text: string;
  /** A custom property of the style sheet, without `var()`; null for the ordinary colour. */
  color: string | null;
  bold: boolean;
  italic: boolean;
}

/** Lines of tokens, in order. */
export type TokenLine = readonly Token[];

const THEME = createCssVariablesTheme({ name: 'foyer', variablePrefix: '--ck-code-', fontStyle: true });
/** The page may wait this long for colours before it is its turn again, in milliseconds. */
const SLICE_MS = 6;
/** Lines between two looks at the clock. */
const STEP_LINES = 2;
/** Longer lines stay plain: their patterns may take very long. In characters. */
const LONGEST_LINE = 1_000;
/** A single line may take so long, in milliseconds. */
const LINE_LIMIT_MS = 200;
/** How often a line that took longer is tried again. */
const ATTEMPTS = 4;

let shared: Promise<HighlighterCore> | undefined;

/** One engine for the page: compiled grammars are large and hold nothing of anybody. */
function engine(): Promise<HighlighterCore> {
  shared ??= createHighlighterCore({
    themes: [THEME],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  return shared;
}

/**
 * Colours code; `onLines` gets all lines so far, growing. Does nothing for an unknown language.
 *
 * @throws when the grammar cannot be loaded; the code then stays plain
 */
export async function highlight(
  code: string,
  label: string,
  onLines: (lines: readonly TokenLine[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const grammar = grammarOf(label);
  if (grammar === null) return;
  const core = await engine();
  if (!core.getLoadedLanguages().includes(grammar.name)) await core.loadLanguage(await grammar.load());
  const source = code.split('\n');
  const done: TokenLine[] = [];
  let state: GrammarState | undefined;
  while (done.length < source.length) {
    await nextTask();
    if (signal.aborted) return;
    const started = performance.now();
    do {
      const piece = source.slice(done.length, done.length + STEP_LINES).join('\n');
      const tokenize = () =>
        core.codeToTokensBase(piece, {
          lang: grammar.name,
          theme: 'foyer',
          tokenizeMaxLineLength: LONGEST_LINE,
          tokenizeTimeLimit: LINE_LIMIT_MS,
          ...(state === undefined ? {} : { grammarState: state }),
        });
      let began = performance.now();
      let lines = tokenize();
      // Patterns are compiled when first used, and a line that was cut off for that is complete the next time.
      for (let again = 0; again < ATTEMPTS && performance.now() - began >= LINE_LIMIT_MS; again += 1) {
        began = performance.now();
        lines = tokenize();
      }
      state = core.getLastGrammarState(lines);
      done.push(...lines.map((line) => line.map(toToken)));
    } while (done.length < source.length && performance.now() - started < SLICE_MS);
    onLines([...done]);
  }
}

const COLOR = /^var\((--ck-code-[a-z-]+)\)$/;

function toToken({ content, color, fontStyle = 0 }: ThemedToken): Token {
  const name = COLOR.exec(color ?? '')?.[1] ?? null;
  return {
    text: content,
    color: name === '--ck-code-foreground' ? null : name,
    italic: fontStyle > 0 && (fontStyle & 1) !== 0,
    bold: fontStyle > 0 && (fontStyle & 2) !== 0,
  };
}

/** Lets input and drawing go first; timers of zero wait, but run in hidden windows too. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
