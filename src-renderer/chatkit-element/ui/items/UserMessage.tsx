import { memo, useLayoutEffect, useRef } from 'react';
import type { UserContent, UserMessageItem } from '../../../../src-shared/chatkit/index.ts';
import { partText } from '../../session/content.ts';
import { SentAttachments } from '../attachments/SentAttachments.tsx';
import { CopyButton } from '../CopyButton.tsx';
import { useFacts, usePage, useStrings } from '../context.ts';
import { MessageEditor } from '../edit/MessageEditor.tsx';
import { EntityLink } from '../entities/EntityLink.tsx';
import { entityOf } from '../entities/preview.ts';
import { Icon } from '../Icon.tsx';
import { IconButton } from '../IconButton.tsx';

interface UserMessageProps {
  item: UserMessageItem;
  pending: boolean;
}

/** What the person wrote: plain text, never Markdown. While it is being changed, the place to do that. */
export const UserMessage = memo(function UserMessage({ item, pending }: UserMessageProps) {
  const { controller } = usePage();
  const strings = useStrings();
  const place = useRef<HTMLElement>(null);
  const focusNext = useRef<'button' | null>(null);
  const { offered } = useFacts(controller.app, ({ options }) => ({ offered: options.api.edit }));
  const { edit } = useFacts(controller.editing, () => {
    const current = controller.editing.get(item.thread_id);
    return { edit: current?.itemId === item.id && !current.sending ? current : null };
  });
  const isEditing = edit !== null;
  useLayoutEffect(() => {
    if (isEditing || focusNext.current === null) return;
    focusNext.current = null;
    place.current?.querySelector<HTMLElement>('.ck-edit-open')?.focus();
  }, [isEditing]);
  const parts = item.content.map((part, key) => ({ key, part }));

  function cancel() {
    if (edit?.from === 'composer') controller.focusComposer();
    else focusNext.current = 'button';
    controller.editing.cancel();
  }

  if (edit !== null) {
    return (
      <article className="ck-user" data-editing="" aria-label={strings.you} data-item={item.id} ref={place}>
        <MessageEditor item={item} edit={edit} onCancel={cancel} />
      </article>
    );
  }
  return (
    <article
      className="ck-user"
      aria-label={strings.you}
      data-item={item.id}
      data-pending={pending || undefined}
      ref={place}
    >
      {item.quoted_text ? (
        <blockquote className="ck-quote" dir="auto">
          <Icon name="quote" size={16} />
          <span>{item.quoted_text}</span>
        </blockquote>
      ) : null}
      <SentAttachments attachments={item.attachments} />
      {parts.length > 0 && (
        <div className="ck-bubble" dir="auto">
          {parts.map(({ key, part }) => (
            <Part key={key} part={part} />
          ))}
        </div>
      )}
      <div className="ck-toolbar">
        {offered && !pending && (
          <IconButton
            icon="write"
            label={strings.editMessage}
            size={16}
            className="ck-small ck-edit-open"
            onClick={() => controller.editing.start(item, 'message')}
          />
        )}
        <CopyButton label={strings.copyMessage} text={() => item.content.map(partText).join('')} />
      </div>
    </article>
  );
});

function Part({ part }: { part: UserContent }) {
  if (part.type === 'input_text') return part.text;
  const entity = entityOf({ ...part, title: part.text });
  return (
    <EntityLink entity={entity} interactive={part.interactive} className="ck-tag" plainClassName="ck-tag">
      {partText(part)}
    </EntityLink>
  );
}
