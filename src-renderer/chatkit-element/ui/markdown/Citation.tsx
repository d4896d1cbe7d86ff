import { createContext, useContext } from 'react';
import type { Source } from '../../../../src-shared/chatkit/index.ts';
import { fill } from '../../i18n/strings.ts';
import { useStrings } from '../context.ts';
import { EntityLink } from '../entities/EntityLink.tsx';
import { entityOf } from '../entities/preview.ts';
import { linkTarget } from './urls.ts';

/** The sources of the answer around, by number. */
export const CitedSources = createContext<readonly Source[]>([]);

/** The number of a source where it is cited, as a link where it has an address; a mention with a word of its own. */
export function Citation({ number }: { number: number }) {
  const strings = useStrings();
  const source = useContext(CitedSources)[number];
  if (source === undefined) return null;
  const shown = `${number + 1}`;
  const label = fill(strings.citation, { n: shown, title: source.title });
  if (source.type === 'entity') {
    return (
      <span data-ck-chrome="">
        <EntityLink
          entity={entityOf(source)}
          interactive={source.interactive}
          className="ck-cite"
          plainClassName="ck-cite"
          label={label}
        >
          {source.inline_label || shown}
        </EntityLink>
      </span>
    );
  }
  const link = linkTarget(source.type === 'url' ? source.url : undefined);
  return link.kind === 'web' ? (
    <a
      className="ck-cite"
      href={link.href}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={label}
      title={source.title}
      data-ck-chrome=""
    >
      {shown}
    </a>
  ) : (
    <span className="ck-cite" title={source.title} data-ck-chrome="">
      <span aria-hidden="true">{shown}</span>
      <span className="ck-hidden">{label}</span>
    </span>
  );
}
