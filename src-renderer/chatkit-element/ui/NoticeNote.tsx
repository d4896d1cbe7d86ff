import type { Notice } from '../state/transcript.ts';
import { useStrings } from './context.ts';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';
import { Markdown } from './markdown/Markdown.tsx';

const NOTICE_ICONS = { info: 'info', warning: 'warning', danger: 'warning' } as const;

/** A remark of the server about the turn. */
export function NoticeNote({ notice, onDismiss }: { notice: Notice; onDismiss(): void }) {
  const strings = useStrings();
  return (
    <div className={`ck-notice ck-notice--${notice.level}`} role="note">
      <Icon name={NOTICE_ICONS[notice.level]} />
      <div className="ck-failure-text">
        {notice.title !== null && <p className="ck-strong">{notice.title}</p>}
        <Markdown text={notice.message} />
      </div>
      <IconButton icon="close" label={strings.dismiss} size={16} className="ck-small" onClick={onDismiss} />
    </div>
  );
}
