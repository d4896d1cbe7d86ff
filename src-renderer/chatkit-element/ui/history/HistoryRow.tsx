import { useEffect, useRef, useState } from 'react';
import type { ThreadMetadata } from '../../../../src-shared/chatkit/index.ts';
import { fill } from '../../i18n/strings.ts';
import { usePage, useStore, useStrings } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { IconButton } from '../IconButton.tsx';
import { shortDate } from './history-groups.ts';
import { fileAddress } from './thread-files.ts';

interface HistoryRowProps {
  thread: ThreadMetadata;
  current: boolean;
  onOpen(): void;
  onDelete(): void;
}

/** One thread: open it, rename it in place, take it along as a file, or ask for its deletion. */
export function HistoryRow({ thread, current, onOpen, onDelete }: HistoryRowProps) {
  const { controller, language } = usePage();
  const strings = useStrings();
  const { options } = useStore(controller.app);
  const [renaming, setRenaming] = useState(false);
  const name = thread.title || strings.untitled;
  const file = fileAddress(options.export, thread.id);
  const exportLabel = fill(strings.exportThread, { name });

  if (renaming) {
    return (
      <li className="ck-row" data-current={current || undefined}>
        <RenameForm thread={thread} onDone={() => setRenaming(false)} />
      </li>
    );
  }
  return (
    <li className="ck-row" data-current={current || undefined}>
      <button type="button" className="ck-row-open" aria-current={current || undefined} onClick={onOpen}>
        <span className="ck-row-title" dir="auto">
          {name}
        </span>
        <time dateTime={thread.created_at}>{shortDate(thread.created_at, new Date(), language.locale)}</time>
      </button>
      <span className="ck-row-actions">
        {options.history?.showRename !== false && (
          <IconButton
            icon="write"
            label={fill(strings.renameThread, { name })}
            size={16}
            className="ck-small"
            onClick={() => setRenaming(true)}
          />
        )}
        {file !== null && (
          <a
            className="ck-icon-button ck-small"
            href={file}
            download
            aria-label={exportLabel}
            title={exportLabel}
          >
            <Icon name="download" size={16} />
          </a>
        )}
        {options.history?.showDelete !== false && (
          <IconButton
            icon="trash"
            label={fill(strings.deleteThread, { name })}
            size={16}
            className="ck-small"
            onClick={onDelete}
          />
        )}
      </span>
    </li>
  );
}

function RenameForm({ thread, onDone }: { thread: ThreadMetadata; onDone(): void }) {
  const { controller } = usePage();
  const strings = useStrings();
  const [title, setTitle] = useState(thread.title ?? '');
  const [state, setState] = useState<'editing' | 'saving' | 'failed'>('editing');
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);

  async function save() {
    const wanted = title.trim();
    if (wanted === '' || wanted === thread.title) {
      onDone();
      return;
    }
    setState('saving');
    try {
      await controller.renameThread(thread.id, wanted);
      onDone();
    } catch {
      setState('failed');
    }
  }

  return (
    <form
      className="ck-rename"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onDone();
      }}
    >
      <input
        ref={input}
        aria-label={strings.newTitle}
        aria-invalid={state === 'failed'}
        value={title}
        maxLength={200}
        dir="auto"
        readOnly={state === 'saving'}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <IconButton icon="check" label={strings.save} size={16} className="ck-small" type="submit" />
      <IconButton icon="close" label={strings.cancel} size={16} className="ck-small" onClick={onDone} />
      {state === 'failed' && (
        <p className="ck-rename-error" role="alert">
          {strings.renameFailed}
        </p>
      )}
    </form>
  );
}
