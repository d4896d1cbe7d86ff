import { useMemo } from 'react';
import type { ThreadMetadata } from '../../../../src-shared/chatkit/index.ts';
import { usePage, useStore, useStrings } from '../context.ts';
import { errorText } from '../error-text.ts';
import { Icon } from '../Icon.tsx';
import { HistoryRow } from './HistoryRow.tsx';
import { HistorySkeleton } from './HistorySkeleton.tsx';
import { groupThreads } from './history-groups.ts';

interface ThreadListProps {
  onOpen(threadId: string): void;
  onDelete(thread: ThreadMetadata): void;
}

/** All threads by their days, as far as they have been read. */
export function ThreadList({ onOpen, onDelete }: ThreadListProps) {
  const { controller, language } = usePage();
  const strings = useStrings();
  const { threads, list, after } = useStore(controller.history.state);
  const { session } = useStore(controller.app);
  const groups = useMemo(() => groupThreads(threads, new Date(), language), [threads, language]);
  const loading = list.kind === 'loading' || list.kind === 'idle';

  function start() {
    controller.openThread(null).catch(() => {});
    controller.focusComposer();
  }

  return (
    <>
      {groups.map(({ label, threads: members }) => (
        <section key={label}>
          <h3 className="ck-group">{label}</h3>
          <ul className="ck-rows">
            {members.map((thread) => (
              <HistoryRow
                key={thread.id}
                thread={thread}
                current={thread.id === session.threadId}
                onOpen={() => onOpen(thread.id)}
                onDelete={() => onDelete(thread)}
              />
            ))}
          </ul>
        </section>
      ))}
      {loading && threads.length === 0 && <HistorySkeleton label={strings.searchingHistory} />}
      {list.kind === 'ready' && threads.length === 0 && (
        <div className="ck-empty">
          <span className="ck-empty-icon">
            <Icon name="chat-temporary" size={32} />
          </span>
          <p className="ck-strong">{strings.historyEmpty}</p>
          <p className="ck-muted">{strings.historyEmptyHint}</p>
          <div className="ck-actions">
            <button type="button" className="ck-button" onClick={start}>
              <Icon name="compose" size={18} />
              {strings.historyStart}
            </button>
          </div>
        </div>
      )}
      {list.kind === 'failed' && (
        <div className="ck-empty" role="alert">
          <Icon name="warning" size={28} />
          <p className="ck-strong">{strings.historyFailed}</p>
          <p className="ck-muted">
            {errorText(list.error, strings)} {strings.loadHint}
          </p>
          <button type="button" className="ck-button" onClick={() => controller.history.reload()}>
            {strings.retry}
          </button>
        </div>
      )}
      {after !== null && list.kind !== 'failed' && (
        <button
          type="button"
          className="ck-button ck-more"
          disabled={list.kind !== 'ready'}
          onClick={() => controller.history.loadMore()}
        >
          {strings.loadMore}
        </button>
      )}
    </>
  );
}
