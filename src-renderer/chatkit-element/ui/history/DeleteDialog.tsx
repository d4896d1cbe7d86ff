import { useId, useState } from 'react';
import type { ThreadMetadata } from '../../../../src-shared/chatkit/index.ts';
import { fill } from '../../i18n/strings.ts';
import { usePage, useStrings } from '../context.ts';
import { useModal } from '../use-modal.ts';

/** Asks before a thread is gone for good. The browser's own modal dialog keeps focus inside and gives it back. */
export function DeleteDialog({ thread, onClose }: { thread: ThreadMetadata; onClose(): void }) {
  const { controller } = usePage();
  const strings = useStrings();
  const dialog = useModal();
  const [state, setState] = useState<'asking' | 'deleting' | 'failed'>('asking');
  const title = useId();
  const text = useId();

  async function remove() {
    setState('deleting');
    try {
      await controller.deleteThread(thread.id);
      dialog.current?.close();
    } catch {
      setState('failed');
    }
  }

  return (
    <dialog
      ref={dialog}
      className="ck-dialog"
      aria-labelledby={title}
      aria-describedby={text}
      onClose={onClose}
    >
      <h3 id={title}>{strings.deleteTitle}</h3>
      <p id={text} dir="auto">
        {fill(strings.deleteText, { name: thread.title || strings.untitled })}
      </p>
      {state === 'failed' && (
        <p className="ck-rename-error" role="alert">
          {strings.deleteFailed}
        </p>
      )}
      <div className="ck-actions">
        <button type="button" className="ck-button" onClick={() => dialog.current?.close()}>
          {strings.cancel}
        </button>
        <button
          type="button"
          className="ck-button ck-button--danger"
          disabled={state === 'deleting'}
          onClick={remove}
        >
          {state === 'deleting' ? strings.deleting : strings.delete}
        </button>
      </div>
    </dialog>
  );
}
