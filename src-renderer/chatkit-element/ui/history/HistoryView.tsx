import { type UIEvent, useRef, useState } from 'react';
import type { ThreadMetadata } from '../../../../src-shared/chatkit/index.ts';
import type { FoundThread } from '../../session/found-threads.ts';
import { FURTHEST_SOUGHT, type SoughtItem } from '../../session/places.ts';
import { usePage, useStore, useStrings } from '../context.ts';
import { DeleteDialog } from './DeleteDialog.tsx';
import { toFirstResult } from './result-keys.ts';
import { SearchField } from './SearchField.tsx';
import { SearchResults } from './SearchResults.tsx';
import { ThreadList } from './ThreadList.tsx';

/** This near to the end of the list asks for more, in pixels. */
const NEAR_END = 300;

/** All threads, newest first; with a search above them where the host has one, and what it found in their place. */
export function HistoryView() {
  const { controller } = usePage();
  const strings = useStrings();
  const { list } = useStore(controller.history.state);
  const { options } = useStore(controller.app);
  const { progress } = useStore(controller.search.state);
  const [doomed, setDoomed] = useState<ThreadMetadata | null>(null);
  const column = useRef<HTMLElement>(null);
  const isSearch = options.search !== undefined && progress.kind !== 'off';
  const loading = !isSearch && (list.kind === 'loading' || list.kind === 'idle');

  function onScroll({ currentTarget: box }: UIEvent<HTMLElement>) {
    const near = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
    if (near && !isSearch && list.kind === 'ready') controller.history.loadMore();
  }
  function open(threadId: string, sought: SoughtItem | null) {
    controller.openThread(threadId, sought).catch(() => {});
    controller.focusComposer();
  }
  function openFound({ threadId, itemId, itemsAfter }: FoundThread) {
    const isFar = itemId === null || itemsAfter > FURTHEST_SOUGHT;
    open(threadId, isFar ? null : { itemId, itemsAfter });
  }

  return (
    <div className="ck-scroll" onScroll={onScroll}>
      <section ref={column} className="ck-column ck-history" aria-label={strings.history} aria-busy={loading}>
        {options.search !== undefined && (
          <SearchField onDown={() => column.current !== null && toFirstResult(column.current)} />
        )}
        {isSearch ? (
          <SearchResults onOpen={openFound} />
        ) : (
          <ThreadList onOpen={(threadId) => open(threadId, null)} onDelete={setDoomed} />
        )}
      </section>
      {doomed !== null && <DeleteDialog thread={doomed} onClose={() => setDoomed(null)} />}
    </div>
  );
}
