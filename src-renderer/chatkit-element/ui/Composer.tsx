import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { type Draft, isEmptyDraft } from '../session/drafts.ts';
import type { ThreadSession } from '../session/session.ts';
import type { SessionState } from '../session/session-state.ts';
import { AttachButton } from './attachments/AttachButton.tsx';
import { AttachmentTray } from './attachments/AttachmentTray.tsx';
import { Dictation } from './attachments/Dictation.tsx';
import { ComposerContext } from './ComposerContext.tsx';
import { ComposerPickers } from './ComposerPickers.tsx';
import { type KeyPress, keyMeaning, lineBreakMeaning } from './composer-keys.ts';
import { usePage, useStore, useStrings } from './context.ts';
import { Icon } from './Icon.tsx';

interface ComposerProps {
  session: ThreadSession;
  state: SessionState;
}

/** The message box: writes the draft of the open thread, sends it, and stops what runs. */
export function Composer({ session, state }: ComposerProps) {
  const { controller } = usePage();
  const strings = useStrings();
  const { tool, focusRequests, options } = useStore(controller.app);
  useStore(controller.drafts);
  useStore(controller.uploads);
  const draft = controller.drafts.get(state.threadId);
  const box = useRef<HTMLTextAreaElement>(null);

  const status = state.transcript.thread?.status ?? { type: 'active' };
  const running = state.turn.kind === 'running';
  const blocked = status.type === 'locked' || state.load.kind !== 'ready';
  const mayStop = running && state.transcript.allowCancel !== false;
  const uploading = controller.uploads.holds(state.threadId);
  const maySend = !running && !blocked && !uploading && !isEmptyDraft(draft);
  const chosenTool = options.composer?.tools?.find(({ id }) => id === tool);
  const placeholder =
    status.type === 'locked'
      ? (status.reason ?? strings.lockedThread)
      : (chosenTool?.placeholderOverride ?? options.composer?.placeholder ?? strings.placeholder);

  function write(change: Partial<Draft>) {
    controller.drafts.set(session.threadId, { ...controller.drafts.get(session.threadId), ...change });
  }
  /** Puts dictated text where the caret is, with spaces around it as needed. */
  function insert(spoken: string) {
    const { text } = controller.drafts.get(session.threadId);
    const from = box.current?.selectionStart ?? text.length;
    const [before, after] = [text.slice(0, from), text.slice(box.current?.selectionEnd ?? from)];
    const head = `${before}${/\S$/.test(before) ? ' ' : ''}${spoken}${/^\S/.test(after) ? ' ' : ''}`;
    flushSync(() => write({ text: head + after }));
    box.current?.setSelectionRange(head.length, head.length);
    controller.focusComposer();
  }
  function send() {
    if (maySend) controller.sendDraft();
  }

  useComposerBox(box, draft.text, focusRequests);
  const onKeyDown = useSendKeys(box, send);

  return (
    <div className="ck-composer" data-blocked={blocked || undefined}>
      <AttachmentTray threadId={state.threadId} attachments={draft.attachments} />
      <ComposerContext draft={draft} onChange={write} />
      <textarea
        ref={box}
        className="ck-input"
        aria-label={strings.message}
        placeholder={placeholder}
        value={draft.text}
        disabled={blocked}
        rows={1}
        dir="auto"
        onChange={(event) => write({ text: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      <div className="ck-composer-row">
        <div className="ck-composer-extras">
          <AttachButton disabled={blocked} />
          <Dictation key={session.key} disabled={blocked} onText={insert} />
          <ComposerPickers disabled={blocked} />
        </div>
        {mayStop ? (
          <button
            type="button"
            className="ck-send"
            aria-label={strings.stop}
            title={strings.stop}
            onClick={() => session.stop()}
          >
            <Icon name="stop" />
          </button>
        ) : (
          <button
            type="button"
            className="ck-send"
            aria-label={strings.send}
            title={uploading ? strings.waitForUploads : strings.send}
            disabled={!maySend}
            onClick={send}
          >
            <Icon name="arrow-up" />
          </button>
        )}
      </div>
    </div>
  );
}

/** Height by content, the focus that was asked for, and the host's `focus()` landing in the box. */
function useComposerBox(
  box: React.RefObject<HTMLTextAreaElement | null>,
  text: string,
  focusRequests: number,
) {
  const focused = useRef(focusRequests);
  useEffect(() => {
    // A delegated focus prefers an element marked so; set after insertion, it focuses nothing by itself.
    box.current?.setAttribute('autofocus', '');
  }, [box]);
  useEffect(() => {
    if (focusRequests === focused.current) return;
    focused.current = focusRequests;
    box.current?.focus();
  }, [box, focusRequests]);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || CSS.supports?.('field-sizing', 'content')) return;
    // Where the browser cannot size it by itself.
    element.style.height = 'auto';
    if (text !== '') element.style.height = `${element.scrollHeight}px`;
  }, [box, text]);
}

/** Enter in all its forms. React has no true `beforeinput`, so that one is listened to directly. */
function useSendKeys(box: React.RefObject<HTMLTextAreaElement | null>, send: () => void) {
  const latest = useRef(send);
  const press = useRef<KeyPress | null>(null);
  useLayoutEffect(() => {
    latest.current = send;
  });
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const onBeforeInput = (event: InputEvent) => {
      if (lineBreakMeaning(event, press.current) !== 'send') return;
      event.preventDefault();
      latest.current();
    };
    element.addEventListener('beforeinput', onBeforeInput);
    return () => element.removeEventListener('beforeinput', onBeforeInput);
  }, [box]);
  return (event: KeyboardEvent<HTMLTextAreaElement>) => {
    press.current = event.nativeEvent;
    if (event.defaultPrevented || keyMeaning(event.nativeEvent) !== 'send') return;
    event.preventDefault();
    send();
  };
}
