import { memo, useEffect, useRef, useState } from 'react';
import type { BoxHandle } from '../composer/box.ts';
import { MessageBox } from '../composer/MessageBox.tsx';
import { rowId, SuggestionMenu } from '../composer/SuggestionMenu.tsx';
import { menuKey, useSuggestions } from '../composer/use-suggestions.ts';
import { fill } from '../i18n/strings.ts';
import { type Draft, draftText, isEmptyDraft } from '../session/drafts.ts';
import { MAX_QUEUED } from '../session/follow-ups.ts';
import type { ThreadSession } from '../session/session.ts';
import type { SessionState } from '../session/session-state.ts';
import { AttachButton } from './attachments/AttachButton.tsx';
import { AttachmentTray } from './attachments/AttachmentTray.tsx';
import { Dictation } from './attachments/Dictation.tsx';
import { ComposerContext } from './ComposerContext.tsx';
import type { KeyPress } from './composer-keys.ts';
import { usePage, useStore, useStrings } from './context.ts';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';
import { Pickers } from './pickers/Pickers.tsx';

interface ComposerProps {
  session: ThreadSession;
  state: SessionState;
}

/** The message box: writes the draft of the open thread, sends it, and stops what runs. */
export const Composer = memo(function Composer({ session, state }: ComposerProps) {
  const { controller, announce } = usePage();
  const strings = useStrings();
  const { tool, focusRequests, options } = useStore(controller.app);
  useStore(controller.drafts);
  useStore(controller.uploads);
  useStore(controller.followUps);
  const [dictating, setDictating] = useState(false);
  const draft = controller.drafts.get(state.threadId);
  const box = useRef<BoxHandle>(null);
  const place = useRef<HTMLDivElement>(null);
  const suggestions = useSuggestions({ box, place, blocked: () => blocked, withCommands: true });
  const menu = useStore(suggestions.menu.state);

  const status = state.transcript.thread?.status ?? { type: 'active' };
  const running = state.turn.kind === 'running';
  const blocked = status.type === 'locked' || state.load.kind !== 'ready';
  const mayStop = running && state.transcript.allowCancel !== false;
  const uploading = controller.uploads.holds(state.threadId);
  const maySend = !blocked && !uploading && !dictating && !isEmptyDraft(draft);
  const full = running && controller.sending.queue.messages.length >= MAX_QUEUED;
  const chosenTool = options.composer?.tools?.find(({ id }) => id === tool);
  const placeholder =
    status.type === 'locked'
      ? (status.reason ?? strings.lockedThread)
      : (chosenTool?.placeholderOverride ?? options.composer?.placeholder ?? strings.placeholder);

  function write(change: Partial<Draft>) {
    controller.drafts.set(session.threadId, { ...controller.drafts.get(session.threadId), ...change });
  }
  /** Puts text where the caret is, with spaces around it as needed. */
  function insert(words: string) {
    const text = draftText(controller.drafts.get(session.threadId));
    const { from, to } = box.current?.selection() ?? { from: text.length, to: text.length };
    const before = /\S$/.test(text.slice(0, from)) ? ' ' : '';
    const after = /^\S/.test(text.slice(to)) ? ' ' : '';
    box.current?.replace(from, to, [{ type: 'input_text', text: before + words + after }]);
    if (after !== '') box.current?.select(from + (before + words).length, from + (before + words).length);
    controller.focusComposer();
  }
  function send() {
    if (!maySend || full || controller.sendDraft() !== 'queued') return;
    const { length } = controller.sending.queue.messages;
    announce(fill(strings.queueDone, { n: `${length}` }));
  }
  /** In an empty box there is nowhere to go up to but the last message. */
  function editLast(event: KeyPress): boolean {
    const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key !== 'ArrowUp' || !plain || uploading || draft.reply !== null) return false;
    return draftText(draft) === '' && draft.attachments.length === 0 && controller.editing.startWithLast();
  }
  function startMention() {
    box.current?.focus();
    insert('@');
  }

  useFocusRequests(box, focusRequests, blocked);
  const { entities, commands } = options;
  const rich =
    entities?.onTagSearch !== undefined ||
    (commands?.enabled === true && commands.onSelect !== undefined) ||
    draft.content.some(({ type }) => type === 'input_tag');

  return (
    <div ref={place} className="ck-composer" data-blocked={blocked || undefined}>
      <AttachmentTray threadId={state.threadId} attachments={draft.attachments} />
      <ComposerContext draft={draft} onChange={write} />
      <SuggestionMenu menu={suggestions.menu} id={suggestions.id} />
      <MessageBox
        ref={box}
        rich={rich}
        label={strings.message}
        placeholder={placeholder}
        disabled={blocked}
        content={draft.content}
        menu={
          menu.kind === 'open' && menu.rows.length > 0
            ? { listId: suggestions.id, activeId: rowId(suggestions.id, menu.active) }
            : null
        }
        suggests={entities?.onTagSearch !== undefined || commands?.enabled === true}
        onChange={(content) => write({ content })}
        onCaret={(caret) => suggestions.menu.watch(controller.drafts.get(session.threadId).content, caret)}
        onKey={(event) => menuKey(suggestions.menu, event) || editLast(event)}
        onEnter={() =>
          suggestions.menu.state.getSnapshot().kind === 'open' ? suggestions.menu.accept() : send()
        }
      />
      <div className="ck-composer-row">
        <Pickers
          disabled={blocked}
          beside={`${dictating} ${options.composer?.attachments?.enabled} ${entities?.showComposerMenu}`}
        >
          <AttachButton disabled={blocked} />
          {entities?.onTagSearch !== undefined && entities.showComposerMenu && (
            <IconButton icon="at" label={strings.mention} disabled={blocked} onClick={startMention} />
          )}
          <Dictation key={session.key} disabled={blocked} onText={insert} onBusy={setDictating} />
        </Pickers>
        <SendButtons
          mayStop={mayStop}
          waits={running}
          disabled={!maySend || full}
          empty={isEmptyDraft(draft)}
          title={
            full
              ? fill(strings.queueFull, { limit: `${MAX_QUEUED}` })
              : uploading
                ? strings.waitForUploads
                : dictating
                  ? strings.waitForDictation
                  : null
          }
          onStop={() => session.stop()}
          onSend={send}
        />
      </div>
    </div>
  );
}, sameToComposer);

/** Text that streams in above changes nothing here. */
function sameToComposer(before: ComposerProps, after: ComposerProps): boolean {
  const [a, b] = [before.state, after.state];
  return (
    before.session === after.session &&
    a.threadId === b.threadId &&
    a.load === b.load &&
    a.turn.kind === b.turn.kind &&
    a.transcript.thread === b.transcript.thread &&
    a.transcript.allowCancel === b.transcript.allowCancel
  );
}

interface SendButtonsProps {
  mayStop: boolean;
  /** A response runs: what is sent now waits for its end. */
  waits: boolean;
  disabled: boolean;
  empty: boolean;
  /** Why nothing can be sent, or null. */
  title: string | null;
  onStop(): void;
  onSend(): void;
}

/** Sending and stopping; while a response runs, there are both as soon as there is something to send. */
function SendButtons({ mayStop, waits, disabled, empty, title, onStop, onSend }: SendButtonsProps) {
  const strings = useStrings();
  const label = waits ? strings.queueMessage : strings.send;
  return (
    <div className="ck-composer-send">
      {mayStop && (
        <button
          type="button"
          className={empty ? 'ck-send' : 'ck-send ck-send--second'}
          aria-label={strings.stop}
          title={strings.stop}
          onClick={onStop}
        >
          <Icon name="stop" />
        </button>
      )}
      {(!mayStop || !empty) && (
        <button
          type="button"
          className="ck-send"
          aria-label={label}
          title={title ?? label}
          disabled={disabled}
          onClick={onSend}
        >
          <Icon name="arrow-up" />
        </button>
      )}
    </div>
  );
}

/** The focus that was asked for; once the box can take it, unless the person is somewhere else by then. */
function useFocusRequests(box: React.RefObject<BoxHandle | null>, requests: number, blocked: boolean) {
  const answered = useRef(requests);
  const waits = useRef(false);
  useEffect(() => {
    if (requests === answered.current) return;
    const waited = waits.current;
    waits.current = blocked;
    if (blocked) return;
    answered.current = requests;
    if (!waited || !isElsewhere(box.current?.element ?? null)) box.current?.focus();
  }, [box, requests, blocked]);
}

/** Whether the focus is on something of its own, in the element or around it. */
function isElsewhere(box: HTMLElement | null): boolean {
  const root = box?.getRootNode();
  const outside = document.activeElement;
  if (!(root instanceof ShadowRoot)) return false;
  if (outside !== root.host) return outside !== null && outside !== document.body;
  return (
    root.activeElement?.matches('button, a, input, textarea, select, summary, [contenteditable]') === true
  );
}
