import { memo, useMemo } from 'react';
import type { AssistantContent, AssistantMessageItem, Source } from '../../../../src-shared/chatkit/index.ts';
import { fill } from '../../i18n/strings.ts';
import { useStrings } from '../context.ts';
import { EntityLink } from '../entities/EntityLink.tsx';
import { entityOf } from '../entities/preview.ts';
import { Icon } from '../Icon.tsx';
import { CitedSources } from '../markdown/Citation.tsx';
import { markCitations, sourceKey, uniqueSources } from '../markdown/citations.ts';
import { Markdown } from '../markdown/Markdown.tsx';
import { linkTarget } from '../markdown/urls.ts';
import { useSmoothText } from './smooth-text.ts';

interface AssistantMessageProps {
  item: AssistantMessageItem;
  streaming: boolean;
}

export const AssistantMessage = memo(function AssistantMessage({ item, streaming }: AssistantMessageProps) {
  const parts = item.content.map((part, key) => ({ key, part }));
  const sources = useMemo(
    () => uniqueSources(item.content.flatMap(({ annotations }) => annotations)),
    [item.content],
  );
  return (
    <div className="ck-assistant" data-item={item.id}>
      <CitedSources value={sources}>
        {parts.map(({ key, part }) => (
          <Part key={key} part={part} sources={sources} growing={streaming && key === parts.length - 1} />
        ))}
      </CitedSources>
      <Sources sources={sources} />
    </div>
  );
});

interface PartProps {
  part: AssistantContent;
  sources: readonly Source[];
  growing: boolean;
}

function Part({ part, sources, growing }: PartProps) {
  const text = useSmoothText(part.text, growing);
  const marked = useMemo(
    () => markCitations(text, part.annotations, sources),
    [text, part.annotations, sources],
  );
  return <Markdown text={marked} streaming={growing} />;
}

/** The sources of an answer behind a disclosure, numbered as they are cited. */
function Sources({ sources }: { sources: readonly Source[] }) {
  const strings = useStrings();
  if (sources.length === 0) return null;
  return (
    <details className="ck-disclosure" data-ck-chrome="">
      <summary>
        <Icon name="book-open" size={16} />
        {fill(strings.sources, { n: sources.length })}
      </summary>
      <SourceList sources={sources} />
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
