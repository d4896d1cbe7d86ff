import { type KeyboardEvent, useId, useLayoutEffect, useRef } from 'react';
import { fill, type Strings } from '../../i18n/strings.ts';
import { draftText } from '../../session/drafts.ts';
import { type HoldReason, MAX_QUEUED, type QueuedMessage } from '../../session/follow-ups.ts';
import { blockedBy } from '../../session/sending.ts';
import type { SessionState } from '../../session/session-state.ts';
import { usePage, useStore, useStrings } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { IconButton } from '../IconButton.tsx';

const REASONS: Readonly<Record<HoldReason, keyof Strings>> = {
  stopped: 'queueHeldStopped',
  failed: 'queueHeldFailed',
  questions: 'queueHeldQuestions',
  locked: 'queueHeldLocked',
  restored: 'queueHeldRestored',
};

/** What waits in the open thread, above the message box; nothing while nothing waits. */
export function QueueList({ state }: { state: SessionState }) {
  const { controller, announce } = usePage();
  const strings = useStrings();
  useStore(controller.followUps);
  const title = useId();
  const list = useRef<HTMLOListElement>(null);
  const refocus = useRefocus(list);
  const { sending } = controller;
  const { messages, held } = sending.queue;
  if (messages.length === 0) return null;

  const blocked = blockedBy(state);
  const running = state.turn.kind === 'running';
  const reason = blocked ?? held;

  function move({ key }: QueuedMessage, from: number, by: -1 | 1) {
    const to = from + by;
    if (to < 0 || to >= messages.length) return;
    refocus(key);
    sending.moveQueued(key, by);
    announce(fill(strings.queueMoved, { n: `${to + 1}`, count: `${messages.length}` }));
  }
  function remove({ key }: QueuedMessage, index: number) {
    const next = messages[index + 1] ?? messages[index - 1];
    sending.removeQueued(key);
    announce(strings.queueRemoved);
    const row = next === undefined ? null : list.current?.querySelector(`[data-key="${next.key}"]`);
    const button = row?.querySelector<HTMLElement>('[data-do="remove"]');
    if (button) button.focus();
    else controller.focusComposer();
  }
  function edit({ key }: QueuedMessage) {
    sending.editQueued(key);
    controller.focusComposer();
  }
  function sendNow() {
    sending.sendQueue();
    controller.focusComposer();
  }

  return (
    <section className="ck-queue" aria-labelledby={title}>
      <div className="ck-queue-head">
        <h2 id={title} className="ck-queue-title">
          {fill(strings.queueTitle, { n: `${messages.length}` })}
        </h2>
        {(reason !== null || !running) && (
          <button
            type="button"
            className="ck-button ck-queue-send"
            disabled={blocked !== null || state.load.kind !== 'ready'}
            onClick={sendNow}
          >
            {running ? strings.queueGoOn : strings.queueSendNow}
          </button>
        )}
      </div>
      <p role="status" className="ck-queue-reason">
        {reason !== null && strings[REASONS[reason]]}
        {reason === null &&
          messages.length >= MAX_QUEUED &&
          fill(strings.queueFull, { limit: `${MAX_QUEUED}` })}
      </p>
      <ol ref={list} className="ck-queue-list">
        {messages.map((queued, index) => (
          <QueueRow
            key={queued.key}
            queued={queued}
            place={{ index, count: messages.length }}
            mayEdit={blocked === null}
            onMove={(by) => move(queued, index, by)}
            onEdit={() => edit(queued)}
            onRemove={() => remove(queued, index)}
          />
        ))}
      </ol>
    </section>
  );
}

interface QueueRowProps {
  queued: QueuedMessage;
  place: { index: number; count: number };
  /** Only where there is a message box to edit in. */
  mayEdit: boolean;
  onMove(by: -1 | 1): void;
  onEdit(): void;
  onRemove(): void;
}

function QueueRow({ queued, place: { index, count }, mayEdit, onMove, onEdit, onRemove }: QueueRowProps) {
  const strings = useStrings();
  const { draft } = queued.message;
  const name = summary(queued, strings);
  const position = fill(strings.queuePosition, { n: `${index + 1}`, count: `${count}` });
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <li className="ck-queued" data-key={queued.key}>
      <span className="ck-queued-text">
        <span className="ck-hidden">{position}: </span>
        {draft.reply !== null && <Icon name="quote" size={16} />}
        <bdi>{name}</bdi>
      </span>
      {draft.attachments.length > 0 && (
        <span className="ck-queued-files" title={draft.attachments.map((file) => file.name).join(', ')}>
          <Icon name="paperclip" size={16} />
          <span aria-hidden="true">{draft.attachments.length}</span>
          <span className="ck-hidden">{fill(strings.queueFiles, { n: `${draft.attachments.length}` })}</span>
        </span>
      )}
      <fieldset className="ck-queued-actions" onKeyDown={onKeyDown} aria-label={position}>
        {count > 1 && (
          <>
            <IconButton
              icon="arrow-up"
              label={fill(strings.queueEarlier, { name })}
              size={16}
              className="ck-small"
              data-do="up"
              aria-disabled={index === 0}
              aria-keyshortcuts="Alt+ArrowUp"
              onClick={() => onMove(-1)}
            />
            <IconButton
              icon="arrow-down"
              label={fill(strings.queueLater, { name })}
              size={16}
              className="ck-small"
              data-do="down"
              aria-disabled={index === count - 1}
              aria-keyshortcuts="Alt+ArrowDown"
              onClick={() => onMove(1)}
            />
          </>
        )}
        {mayEdit && (
          <IconButton
            icon="write"
            label={fill(strings.queueEdit, { name })}
            size={16}
            className="ck-small"
            onClick={onEdit}
          />
        )}
        <IconButton
          icon="close"
          label={fill(strings.remove, { name })}
          size={16}
          className="ck-small"
          data-do="remove"
          onClick={onRemove}
        />
      </fieldset>
    </li>
  );
}

/** A message in one line: its mentions and words, or the names of its files. */
function summary({ message: { draft } }: QueuedMessage, strings: Strings): string {
  const line = draftText(draft).replace(/\s+/g, ' ').trim();
  if (line === '') return draft.attachments.map(({ name }) => name).join(', ') || strings.message;
  return line.length > 160 ? `${line.slice(0, 160).trimEnd()}…` : line;
}

/** Keeps the focus on the button that moved a row: moving a row in the page can lose it. */
function useRefocus(list: React.RefObject<HTMLElement | null>) {
  const wanted = useRef<{ key: string; action: string } | null>(null);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const { key, action } = wanted.current;
    wanted.current = null;
    const row = list.current?.querySelector(`[data-key="${key}"]`);
    (row?.querySelector<HTMLElement>(`[data-do="${action}"]`) ?? row?.querySelector('button'))?.focus();
  });
  return (key: string) => {
    const root = list.current?.getRootNode();
    const active = root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
    const action = active instanceof HTMLElement ? active.dataset.do : undefined;
    wanted.current = { key, action: action ?? '' };
  };
}
