import { memo, useMemo, useState } from 'react';
import ReactMarkdown from 'react-markdown';
import { completeTail, createBlockSplitter } from './blocks.ts';
import { hasMarks, rehypeCitations, withoutMarks } from './citations.ts';
import { GrowingBlock } from './code/CodeBlock.tsx';
import { components } from './components.tsx';
import { markFormulas } from './formulas.ts';
import { gfm } from './gfm.ts';

const PLUGINS = [gfm];

const WITH_CITATIONS = [rehypeCitations];

/** So many blocks React compares as one: a long answer has hundreds, and all but the last few are finished. */
const GROUP = 16;

/** Addresses pass as they are; the components decide what becomes of them. */
const keepUrl = (url: string) => withoutMarks(url);

interface BlockProps {
  source: string;
  /** More text may stream into it. */
  growing: boolean;
}

const Block = memo(function Block({ source, growing }: BlockProps) {
  // A block that has stopped growing, and is otherwise as it was, is not read again.
  const drawn = useMemo(
    () => (
      <ReactMarkdown
        remarkPlugins={PLUGINS}
        rehypePlugins={hasMarks(source) ? WITH_CITATIONS : null}
        components={components}
        urlTransform={keepUrl}
      >
        {source}
      </ReactMarkdown>
    ),
    [source],
  );
  return <GrowingBlock value={growing}>{drawn}</GrowingBlock>;
});

interface GroupProps {
  sources: readonly string[];
  /** More text may stream into the last one. */
  growing: boolean;
}

/** Some blocks in a row. React looks at them only when one of them has changed. */
const Group = memo(
  function Group({ sources, growing }: GroupProps) {
    // Blocks only grow at the end: their position is their identity.
    const blocks = sources.map((source, key) => ({
      key,
      source,
      growing: growing && key === sources.length - 1,
    }));
    return blocks.map((block) => (
      <Block
        key={block.key}
        source={block.growing ? completeTail(block.source) : block.source}
        growing={block.growing}
      />
    ));
  },
  (before, after) =>
    before.growing === after.growing &&
    before.sources.length === after.sources.length &&
    before.sources.every((source, index) => source === after.sources[index]),
);

interface MarkdownProps {
  text: string;
  /** More text may follow: an open end is completed for display. */
  streaming?: boolean;
}

/**
 * GitHub-flavoured Markdown from a hostile source: no raw HTML, no address that {@link ./urls.ts} does not allow.
 * Rendered block by block; while text streams in, only the last block is new.
 */
export const Markdown = memo(function Markdown({ text, streaming = false }: MarkdownProps) {
  const [split] = useState(createBlockSplitter);
  const groups = useMemo(() => inGroups(split(markFormulas(text))), [split, text]);
  const last = groups.length - 1;
  return (
    <div className="ck-md" dir="auto">
      {groups.map(({ key, sources }) => (
        <Group key={key} sources={sources} growing={streaming && key === last} />
      ))}
    </div>
  );
});

function inGroups(blocks: readonly string[]): { key: number; sources: readonly string[] }[] {
  return Array.from({ length: Math.ceil(blocks.length / GROUP) }, (_, key) => ({
    key,
    sources: blocks.slice(key * GROUP, (key + 1) * GROUP),
  }));
}
