import { useEffect, useRef } from 'react';
import { fill } from '../../i18n/strings.ts';
import type { FoundThread } from '../../session/found-threads.ts';
import { type Found, foundIn } from '../../session/history-search.ts';
import { type Page, usePage, useStore, useStrings } from '../context.ts';
import { errorText } from '../error-text.ts';
import { Icon } from '../Icon.tsx';
import { FoundRow } from './FoundRow.tsx';
import { HistorySkeleton } from './HistorySkeleton.tsx';

/** What the search has found, in place of the list of threads. */
export function SearchResults({ onOpen }: { onOpen(thread: FoundThread): void }) {
  const { controller, language } = usePage();
  const strings = useStrings();
  const { progress } = useStore(controller.search.state);
  const found = foundIn(progress);
  useAnnouncement(progress.kind === 'found' ? progress.found : null);

  if (progress.kind === 'failed') {
    return (
      <div className="ck-empty" role="alert">
        <Icon name="warning" size={28} />
        <p className="ck-strong">{strings.findFailed}</p>
        <p className="ck-muted">{errorText(progress.error, strings)}</p>
        <button type="button" className="ck-button" onClick={() => controller.search.refresh()}>
          {strings.retry}
        </button>
      </div>
    );
  }
  if (found === null) return <HistorySkeleton label={strings.searching} />;
  if (found.threads.length === 0) {
    return (
      <div className="ck-empty" aria-busy={progress.kind === 'searching'}>
        <span className="ck-empty-icon">
          <Icon name="search" size={32} />
        </span>
        <p className="ck-strong">{strings.findNone}</p>
        <p className="ck-muted ck-find-none">{fill(strings.findNoneHint, { query: found.query })}</p>
      </div>
    );
  }
  return (
    <section aria-label={strings.findResults} aria-busy={progress.kind === 'searching'}>
      <h3 className="ck-group">{countOf(found, language)}</h3>
      <ul className="ck-rows">
        {found.threads.map((thread) => (
          <FoundRow key={thread.threadId} thread={thread} onOpen={() => onOpen(thread)} />
        ))}
      </ul>
    </section>
  );
}

/** Says how much was found, in the words of the page. */
function countOf({ threads: { length } }: Found, { strings, locale }: Page['language']): string {
  if (length === 0) return strings.findNone;
  if (length === 1) return strings.findOne;
  return fill(strings.findCount, { n: new Intl.NumberFormat(locale).format(length) });
}

/** Tells screen readers how much was found; null while that is not known. */
function useAnnouncement(found: Found | null) {
  const { announce, language } = usePage();
  const said = useRef(found);
  // Forgotten in between: the same words for another search are news.
  const text = found === null ? '' : countOf(found, language);
  useEffect(() => {
    // What was there when the view opened has been said before.
    if (found === said.current) return;
    said.current = found;
    announce(text);
  }, [announce, found, text]);
  useEffect(() => () => announce(''), [announce]);
}
