import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import type { Attachment, UserMessageItem } from '../../../../src-shared/chatkit/index.ts';
import type { BoxHandle } from '../../composer/box.ts';
import { MessageBox } from '../../composer/MessageBox.tsx';
import { rowId, SuggestionMenu } from '../../composer/SuggestionMenu.tsx';
import { menuKey, useSuggestions } from '../../composer/use-suggestions.ts';
import { fill } from '../../i18n/strings.ts';
import { draftText, isEmptyDraft } from '../../session/drafts.ts';
import { type Edit, mayEdit } from '../../session/editing.ts';
import { messagesAfter } from '../../state/turns.ts';
import { ReadyFile } from '../attachments/ReadyFile.tsx';
import { ComposerContext } from '../ComposerContext.tsx';
import { useFacts, usePage, useStore, useStrings } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { FailureNote } from '../Notes.tsx';

interface MessageEditorProps {
  item: UserMessageItem;
  edit: Edit;
  onCancel(): void;
}

/** A sent message that is being changed, in its place: its text with its tags, its quote and its files. */
export function MessageEditor({ item, edit, onCancel }: MessageEditorProps) {
  const { controller } = usePage();
  const strings = useStrings();
  const { session, options } = useStore(controller.app);
  const { later, isReady, isRunning, failure } = useFacts(session.state, (state) => ({
    later: messagesAfter(state.transcript, item.id),
    isReady: mayEdit(state),
    isRunning: state.turn.kind === 'running',
    failure: state.failure?.kept === 'edit' ? state.failure : null,
  }));
  const box = useRef<BoxHandle>(null);
  const place = useRef<HTMLFieldSetElement>(null);
  const { menu, id } = useSuggestions({ box, place, blocked: () => false, withCommands: false });
  const suggested = useStore(menu.state);
  const mayTag = options.entities?.onTagSearch !== undefined;
  const note = useId();
  const { draft } = edit;
  const { editing } = controller;
  const { thread_id } = item;
  const maySend = isReady && !isEmptyDraft(draft);

  useEffect(() => {
    if (!edit.fresh) return;
    const end = draftText(edit.draft).length;
    box.current?.focus();
    box.current?.select(end, end);
    editing.focused(thread_id);
  }, [edit, editing, thread_id]);

  // What was out of sight while it was being sent comes back, and may have moved the window elsewhere.
  useEffect(() => {
    if (failure !== null) place.current?.scrollIntoView({ block: 'nearest' });
  }, [failure]);

  function send() {
    if (editing.send()) controller.focusComposer();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onCancel();
  }
  function detach({ id }: Attachment) {
    editing.write({ attachments: draft.attachments.filter((attachment) => attachment.id !== id) });
    box.current?.focus();
  }

  const remark = isRunning
    ? strings.editWaits
    : !isReady
      ? strings.editLocked
      : later > 1
        ? fill(strings.editRemoves, { n: `${later}` })
        : null;
  return (
    <fieldset
      ref={place}
      className="ck-edit"
      aria-label={strings.editing}
      data-ck-chrome=""
      onKeyDown={onKeyDown}
    >
      <ComposerContext draft={draft} onChange={(change) => editing.write(change)} />
      <SentFiles attachments={draft.attachments} onRemove={detach} />
      <MessageBox
        ref={box}
        rich={mayTag || item.content.some(({ type }) => type === 'input_tag')}
        label={strings.editBox}
        placeholder={strings.editPlaceholder}
        disabled={false}
        content={draft.content}
        menu={
          suggested.kind === 'open' && suggested.rows.length > 0
            ? { listId: id, activeId: rowId(id, suggested.active) }
            : null
        }
        suggests={mayTag}
        onChange={(content) => editing.write({ content })}
        onCaret={(caret) => menu.watch(editing.get(thread_id)?.draft.content ?? [], caret)}
        onKey={(event) => {
          if (menuKey(menu, event)) return true;
          if (event.key === 'Escape') onCancel();
          return event.key === 'Escape';
        }}
        onEnter={() => (menu.state.getSnapshot().kind === 'open' ? menu.accept() : send())}
      />
      <SuggestionMenu menu={menu} id={id} />
      {failure !== null && <FailureNote failure={failure} session={session} />}
      <div className="ck-edit-row">
        <p id={note} className="ck-edit-note" role="status">
          {remark !== null && (
            <>
              <Icon name={isReady ? 'warning' : 'info'} size={16} />
              <span>{remark}</span>
            </>
          )}
        </p>
        <div className="ck-actions">
          <button type="button" className="ck-button" onClick={onCancel}>
            {strings.cancel}
          </button>
          <button
            type="button"
            className="ck-button ck-button--main"
            aria-disabled={!maySend}
            aria-describedby={remark === null ? undefined : note}
            onClick={send}
          >
            {strings.editSend}
          </button>
        </div>
      </div>
    </fieldset>
  );
}

/** The files of the message; each can be taken out of it, and stays with the message as it was sent. */
function SentFiles({
  attachments,
  onRemove,
}: {
  attachments: readonly Attachment[];
  onRemove(attachment: Attachment): void;
}) {
  const strings = useStrings();
  if (attachments.length === 0) return null;
  return (
    <ul className="ck-files" aria-label={strings.attachments}>
      {attachments.map((attachment) => (
        <li key={attachment.id} className="ck-file">
          <ReadyFile attachment={attachment} onRemove={() => onRemove(attachment)} />
        </li>
      ))}
    </ul>
  );
}
