import type { KeyboardEvent } from 'react';
import type { FoundThread } from '../../session/found-threads.ts';
import { usePage, useStore, useStrings } from '../context.ts';
import { shortDate } from './history-groups.ts';
import { moveResult } from './result-keys.ts';

/** One conversation that was found, with the words around what was looked for. All of it is text. */
export function FoundRow({ thread, onOpen }: { thread: FoundThread; onOpen(): void }) {
  const { controller, language } = usePage();
  const strings = useStrings();
  const { session } = useStore(controller.app);
  const current = thread.threadId === session.threadId;
  const { createdAt, excerpt } = thread;

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null;
    const place = event.currentTarget.closest('.ck-history');
    if (by === null || place === null) return;
    event.preventDefault();
    moveResult(place, event.currentTarget, by);
  }

  return (
    <li className="ck-row" data-current={current || undefined}>
      <button
        type="button"
        className="ck-row-open ck-found-open"
        aria-current={current || undefined}
        onClick={onOpen}
        onKeyDown={onKeyDown}
      >
        <span className="ck-row-title" dir="auto">
          {thread.title || strings.untitled}
        </span>
        <time dateTime={createdAt}>{shortDate(createdAt, new Date(), language.locale)}</time>
        {excerpt.length > 0 && (
          <span className="ck-found-excerpt" dir="auto">
            <Excerpt pieces={excerpt} />
          </span>
        )}
      </button>
    </li>
  );
}

function Excerpt({ pieces }: { pieces: FoundThread['excerpt'] }) {
  return pieces.map(({ text, match }, index) =>
    match ? <mark key={keyOf(index)}>{text}</mark> : <span key={keyOf(index)}>{text}</span>,
  );
}

/** Pieces have no name but their place, and never move. */
const keyOf = (index: number) => `piece-${index}`;
