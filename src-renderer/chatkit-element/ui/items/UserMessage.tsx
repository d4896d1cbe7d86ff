import { memo } from 'react';
import type { UserContent, UserMessageItem } from '../../../../src-shared/chatkit/index.ts';
import { SentAttachments } from '../attachments/SentAttachments.tsx';
import { CopyButton } from '../CopyButton.tsx';
import { usePage, useStrings } from '../context.ts';
import { Icon } from '../Icon.tsx';

interface UserMessageProps {
  item: UserMessageItem;
  pending: boolean;
}

/** What the person wrote: plain text, never Markdown. */
export const UserMessage = memo(function UserMessage({ item, pending }: UserMessageProps) {
  const strings = useStrings();
  const parts = item.content.map((part, key) => ({ key, part }));
  return (
    <article
      className="ck-user"
      aria-label={strings.you}
      data-item={item.id}
      data-pending={pending || undefined}
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
        <CopyButton label={strings.copyMessage} text={() => item.content.map(partText).join('')} />
      </div>
    </article>
  );
});

function Part({ part }: { part: UserContent }) {
  const { controller } = usePage();
  if (part.type === 'input_text') return part.text;
  const entity = {
    id: part.id,
    title: part.text,
    interactive: part.interactive,
    data: Object.fromEntries(Object.entries(part.data).map(([key, value]) => [key, String(value)])),
    ...(part.group ? { group: part.group } : {}),
  };
  if (!part.interactive || controller.options.entities?.onClick === undefined) {
    return <span className="ck-tag">@{part.text}</span>;
  }
  return (
    <button type="button" className="ck-tag" onClick={() => controller.options.entities?.onClick?.(entity)}>
      @{part.text}
    </button>
  );
}

function partText(part: UserContent): string {
  return part.type === 'input_text' ? part.text : `@${part.text}`;
}
