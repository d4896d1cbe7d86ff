import { memo } from 'react';
import type { AssistantMessageItem, Source } from '../../../../src-shared/chatkit/index.ts';
import { fill } from '../../i18n/strings.ts';
import { useStrings } from '../context.ts';
import { EntityLink } from '../entities/EntityLink.tsx';
import { entityOf } from '../entities/preview.ts';
import { Icon } from '../Icon.tsx';
import { Markdown } from '../markdown/Markdown.tsx';
import { linkTarget } from '../markdown/urls.ts';

interface AssistantMessageProps {
  item: AssistantMessageItem;
  streaming: boolean;
}

export const AssistantMessage = memo(function AssistantMessage({ item, streaming }: AssistantMessageProps) {
  const parts = item.content.map((part, key) => ({ key, part }));
  return (
    <div className="ck-assistant" data-item={item.id}>
      {parts.map(({ key, part }) => (
        <Markdown key={key} text={part.text} streaming={streaming && key === parts.length - 1} />
      ))}
      <Sources sources={item.content.flatMap((part) => part.annotations.map(({ source }) => source))} />
    </div>
  );
});

/** The sources of an answer, each once, behind a disclosure. */
export function Sources({ sources }: { sources: readonly Source[] }) {
  const strings = useStrings();
  const unique = [...new Map(sources.map((source) => [sourceKey(source), source])).values()];
  if (unique.length === 0) return null;
  return (
    <details className="ck-disclosure" data-ck-chrome="">
      <summary>
        <Icon name="book-open" size={16} />
        {fill(strings.sources, { n: unique.length })}
      </summary>
      <SourceList sources={unique} />
    </details>
  );
}

export function SourceList({ sources }: { sources: readonly Source[] }) {
  return (
    <ol className="ck-sources">
      {sources.map((source) => (
        <li key={sourceKey(source)}>
          <span className="ck-source-text">
            <SourceLine source={source} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function SourceLine({ source }: { source: Source }) {
  if (source.type === 'url') {
    const link = linkTarget(source.url);
    if (link.kind !== 'web') {
      return (
        <span className="ck-source-name" dir="auto">
          {source.title}
        </span>
      );
    }
    return (
      <>
        <a className="ck-source-name" dir="auto" href={link.href} target="_blank" rel="noopener noreferrer">
          {source.title}
        </a>
        <span className="ck-source-from" dir="auto">
          {source.attribution ?? new URL(link.href).hostname.replace(/^www\./, '')}
        </span>
      </>
    );
  }
  if (source.type === 'file') {
    return (
      <>
        <span className="ck-source-name" dir="auto">
          {source.title}
        </span>
        {source.filename !== source.title && (
          <span className="ck-source-from" dir="auto">
            {source.filename}
          </span>
        )}
      </>
    );
  }
  return (
    <EntityLink
      entity={entityOf(source)}
      interactive={source.interactive}
      className="ck-link ck-source-name"
      plainClassName="ck-source-name"
    >
      {source.label ?? source.title}
    </EntityLink>
  );
}

function sourceKey(source: Source): string {
  if (source.type === 'url') return `url ${source.url}`;
  return source.type === 'file' ? `file ${source.filename}` : `entity ${source.id}`;
}
