import type { Element, ElementContent } from 'hast';
import { type ComponentProps, type CSSProperties, type ReactNode, useState } from 'react';
import type { Components } from 'react-markdown';
import { fill } from '../../i18n/strings.ts';
import { usePage, useStrings } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { useImageTarget } from '../image-target.ts';
import { SCROLLABLE } from '../scrollable.ts';
import { Citation } from './Citation.tsx';
import { CodeBlock } from './code/CodeBlock.tsx';
import { DiagramBlock } from './diagrams/DiagramBlock.tsx';
import { readFormula } from './formulas.ts';
import { Formula } from './math/Formula.tsx';
import { linkTarget } from './urls.ts';

function Link({ href, children, id, className }: ComponentProps<'a'>) {
  const { controller } = usePage();
  const target = linkTarget(href);
  if (target.kind === 'none') return <span>{children}</span>;
  if (target.kind === 'web') {
    return (
      <a href={target.href} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    );
  }
  if (target.kind === 'deeplink') {
    const { name, data } = target;
    return (
      <button
        type="button"
        className="ck-link"
        onClick={() => controller.emit('chatkit.deeplink', { name, data })}
      >
        {children}
      </button>
    );
  }
  return (
    <a
      href={href}
      id={id}
      className={className}
      onClick={(event) => {
        // A shadow root has no targets for the page's own fragment navigation.
        event.preventDefault();
        const text = event.currentTarget.closest('.ck-md');
        text?.querySelector(`#${CSS.escape(target.id)}`)?.scrollIntoView({ block: 'nearest' });
      }}
    >
      {children}
    </a>
  );
}

function Image({ src, alt }: ComponentProps<'img'>) {
  const strings = useStrings();
  const [broken, setBroken] = useState(false);
  const name = alt === undefined || alt === '' ? strings.image : alt;
  const target = useImageTarget(typeof src === 'string' ? src : undefined);
  if (target.kind === 'show' && !broken) {
    return <img src={target.src} alt={alt ?? ''} loading="lazy" onError={() => setBroken(true)} />;
  }
  const text = fill(strings.imageBlocked, { name });
  const href = target.kind === 'link' ? target.href : target.kind === 'show' ? target.src : '';
  const link = linkTarget(href);
  if (link.kind !== 'web')
    return (
      <span className="ck-image-note" dir="auto">
        {text}
      </span>
    );
  return (
    <a className="ck-image-note" dir="auto" href={link.href} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  );
}

function Pre({ node }: { node?: Element | undefined }) {
  const code = node?.children.find((child) => child.type === 'element');
  const language = code === undefined ? '' : languageOf(code);
  return language.toLowerCase() === 'mermaid' ? (
    <DiagramBlock code={textOf(node)} />
  ) : (
    <CodeBlock code={textOf(node)} language={language} />
  );
}

/** Code inside of text; formulas were marked as such. */
function Code({ node, children }: { node?: Element | undefined; children?: ReactNode }) {
  const formula = readFormula(textOf(node));
  return formula === null ? <code>{children}</code> : <Formula {...formula} />;
}

function Table({ children }: { children?: ReactNode }) {
  const strings = useStrings();
  return (
    <figure className="ck-table" aria-label={strings.table} {...SCROLLABLE}>
      <table>{children}</table>
    </figure>
  );
}

/** `left` in a table is the side where lines begin; numbers end at the right in every language. */
function alignment(style: CSSProperties | undefined): CSSProperties | undefined {
  return style?.textAlign === 'left' ? { textAlign: 'start' } : style;
}

/** The box of a task list. It says what it shows; nobody can tick it. */
function Tick({ on }: { on: boolean }) {
  const strings = useStrings();
  return (
    <span
      className="ck-tick"
      data-on={on || undefined}
      role="img"
      aria-label={on ? strings.done : strings.notDone}
    >
      {on && <Icon name="check" size={12} />}
    </span>
  );
}

function languageOf(code: Element): string {
  const { className } = code.properties;
  const names = Array.isArray(className) ? className.map(String) : [];
  return names.find((name) => name.startsWith('language-'))?.slice('language-'.length) ?? '';
}

function textOf(node: Element | ElementContent | undefined): string {
  if (node === undefined) return '';
  if (node.type === 'text') return node.value;
  return node.type === 'element' ? node.children.map(textOf).join('') : '';
}

/**
 * A heading of an answer: drawn by the size it has there, announced below the title of the chat without skipping a
 * level where answers start with `##`, as most do.
 */
function heading(size: 1 | 2 | 3 | 4, level: 3 | 4 | 5 | 6) {
  const Tag = `h${level}` as const;
  return ({ children, id }: ComponentProps<'h3'>) => (
    <Tag className={`ck-h${size}`} id={id}>
      {children}
    </Tag>
  );
}

/** How each element of an answer is drawn. */
export const components: Components = {
  a: ({ node: _node, ...props }) => <Link {...props} />,
  img: ({ node: _node, ...props }) => <Image {...props} />,
  pre: Pre,
  code: Code,
  cite: ({ node }) => <Citation number={Number(node?.properties.dataSource)} />,
  table: ({ children }) => <Table>{children}</Table>,
  th: ({ children, style }) => <th style={alignment(style)}>{children}</th>,
  td: ({ children, style }) => <td style={alignment(style)}>{children}</td>,
  input: ({ checked }) => <Tick on={checked === true} />,
  h1: heading(1, 3),
  h2: heading(2, 3),
  h3: heading(3, 4),
  h4: heading(4, 5),
  h5: heading(4, 6),
  h6: heading(4, 6),
};
