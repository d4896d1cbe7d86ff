import { memo, useMemo, useState } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { completeTail, createBlockSplitter } from './blocks.ts';
import { hasMarks, rehypeCitations, withoutMarks } from './citations.ts';
import { GrowingBlock } from './code/CodeBlock.tsx';
import { components } from './components.tsx';
import { markFormulas } from './formulas.ts';

const PLUGINS = [[remarkGfm, { singleTilde: false }]] satisfies Parameters<
  typeof ReactMarkdown
>[0]['remarkPlugins'];

const WITH_CITATIONS = [rehypeCitations];

/** Addresses pass as they are; the components decide what becomes of them. */
const keepUrl = (url: string) => withoutMarks(url);

const Block = memo(function Block({ source }: { source: string }) {
  return (
    <ReactMarkdown
      remarkPlugins={PLUGINS}
      rehypePlugins={hasMarks(source) ? WITH_CITATIONS : null}
      components={components}
      urlTransform={keepUrl}
    >
      {source}
    </ReactMarkdown>
  );
});

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
  // Blocks only grow at the end: their position is their identity.
  const [split] = useState(createBlockSplitter);
  const blocks = useMemo(
    () => split(markFormulas(text)).map((source, key) => ({ key, source })),
    [split, text],
  );
  const last = blocks.length - 1;
  return (
    <div className="ck-md" dir="auto">
      {blocks.map(({ key, source }) => (
        <GrowingBlock key={key} value={streaming && key === last}>
          <Block source={streaming && key === last ? completeTail(source) : source} />
        </GrowingBlock>
      ))}
    </div>
  );
});
