import {
  createContext,
  memo,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useStrings } from '../../context.ts';
import { IconButton } from '../../IconButton.tsx';
import { SCROLLABLE } from '../../scrollable.ts';
import { whenNear } from '../near.ts';
import { CodeHead } from './CodeHead.tsx';
import type { Token, TokenLine } from './highlighter.ts';

/** True inside the block that more text is streaming into. */
export const GrowingBlock = createContext(false);

/** Longer code stays plain, in characters. */
const LONGEST = 100_000;
/** Code that still grows gets its colours when nothing came for so long, in milliseconds. */
const IDLE_MS = 600;
/** Lines that React compares as one. */
const GROUP = 40;
const NO_LINES: readonly TokenLine[] = [];

interface Colours {
  code: string;
  language: string;
  lines: readonly TokenLine[];
}

interface CodeBlockProps {
  code: string;
  /** What stands after the fence. */
  language: string;
  /** Buttons beside its own. */
  tools?: ReactNode;
}

/**
 * One code block: its language, copy, wrapping, and colours that come when the code is complete and near to what is
 * seen.
 */
export function CodeBlock({ code, language, tools }: CodeBlockProps) {
  const strings = useStrings();
  const [wrap, setWrap] = useState(false);
  const block = useRef<HTMLDivElement>(null);
  const lines = useColours(code, language, useIsNear(block));
  return (
    <div ref={block} className="ck-code" data-wrap={wrap || undefined}>
      <CodeHead title={<span>{language}</span>} code={code}>
        {tools}
        <IconButton
          icon="wrap"
          label={strings.wrapLines}
          size={16}
          className="ck-small"
          aria-pressed={wrap}
          onClick={() => setWrap(!wrap)}
        />
      </CodeHead>
      <pre dir="ltr" {...SCROLLABLE}>
        <code className={language === '' ? undefined : `language-${language}`}>
          <Lines lines={lines} />
          {rest(code, lines.length)}
        </code>
      </pre>
    </div>
  );
}

/** Whether the element has been near to what is seen: code far away costs nothing but its words. */
function useIsNear(place: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(
    () => (place.current === null ? undefined : whenNear(place.current, () => setNear(true))),
    [place],
  );
  return near;
}

/** The coloured lines of the code as far as they are known. */
function useColours(code: string, language: string, near: boolean): readonly TokenLine[] {
  const growing = useContext(GrowingBlock);
  const [colours, setColours] = useState<Colours | null>(null);
  useEffect(() => {
    if (!near || language === '' || code.length > LONGEST) return;
    const abort = new AbortController();
    const timer = setTimeout(
      async () => {
        try {
          const { highlight } = await import('./highlighter.ts');
          const show = (lines: readonly TokenLine[]) => setColours({ code, language, lines });
          if (!abort.signal.aborted) await highlight(code.replace(/\n$/, ''), language, show, abort.signal);
        } catch {
          // Colours are a courtesy: the code is there without them.
        }
      },
      growing ? IDLE_MS : 0,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [code, language, near, growing]);
  if (colours === null || colours.language !== language) return NO_LINES;
  if (colours.code === code) return colours.lines;
  // More came: complete lines keep their colours.
  return code.startsWith(colours.code) ? colours.lines.slice(0, lineCount(colours.code) - 1) : NO_LINES;
}

function lineCount(code: string): number {
  return code.split('\n').length;
}

/** The code after so many lines. */
function rest(code: string, lines: number): string {
  let at = 0;
  for (let line = 0; line < lines; line += 1) {
    const end = code.indexOf('\n', at);
    if (end === -1) return '';
    at = end + 1;
  }
  return code.slice(at);
}

const Lines = memo(function Lines({ lines }: { lines: readonly TokenLine[] }) {
  const groups = Array.from({ length: Math.ceil(lines.length / GROUP) }, (_, key) => ({
    key,
    lines: lines.slice(key * GROUP, (key + 1) * GROUP),
  }));
  return groups.map((group) => <Group key={group.key} lines={group.lines} />);
});

const Group = memo(
  function Group({ lines }: { lines: readonly TokenLine[] }) {
    return lines.map((line, index) => (
      // Lines of code have no identity but their place.
      <Line key={String(index)} line={line} />
    ));
  },
  (before, after) =>
    before.lines.length === after.lines.length &&
    before.lines.every((line, index) => line === after.lines[index]),
);

const Line = memo(function Line({ line }: { line: TokenLine }) {
  const tokens = line.map((token, key) => ({ key, token }));
  return (
    <>
      {tokens.map(({ key, token }) =>
        token.color === null && !token.bold && !token.italic ? (
          token.text
        ) : (
          <span key={key} style={tokenStyle(token)}>
            {token.text}
          </span>
        ),
      )}
      {'\n'}
    </>
  );
});

function tokenStyle({ color, bold, italic }: Token) {
  return {
    ...(color === null ? {} : { color: `var(${color})` }),
    ...(bold ? { fontWeight: 600 } : {}),
    ...(italic ? { fontStyle: 'italic' } : {}),
  };
}
