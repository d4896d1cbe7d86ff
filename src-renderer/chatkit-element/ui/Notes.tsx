import type { ThreadSession } from '../session/session.ts';
import type { Failure } from '../session/session-state.ts';
import type { Notice } from '../state/transcript.ts';
import { useStrings } from './context.ts';
import { errorText } from './error-text.ts';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';
import { Markdown } from './markdown/Markdown.tsx';

/** Why a turn failed, what was kept, and the way on. */
export function FailureNote({ failure, session }: { failure: Failure; session: ThreadSession }) {
  const strings = useStrings();
  const { error, kept, retryAfter } = failure;
  return (
    <div className="ck-failure" role="alert">
      <Icon name="warning" />
      <div className="ck-failure-text">
        <p dir="auto">{errorText(error, strings)}</p>
        <p className="ck-muted">{kept === 'draft' ? strings.keptDraft : strings.keptAnswer}</p>
      </div>
      {retryAfter !== null && (
        <button type="button" className="ck-button" onClick={() => session.retry(retryAfter).catch(() => {})}>
          <Icon name="reload" size={16} />
          {strings.retry}
        </button>
      )}
    </div>
  );
}

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
