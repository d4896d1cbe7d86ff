import type { Strings } from '../i18n/strings.ts';
import type { ThreadSession } from '../session/session.ts';
import type { Failure } from '../session/session-state.ts';
import { useStrings } from './context.ts';
import { errorText, serverSpeaks } from './error-text.ts';
import { Icon } from './Icon.tsx';

const KEPT: Readonly<Record<Failure['kept'], keyof Strings>> = {
  draft: 'keptDraft',
  queue: 'keptQueue',
  edit: 'keptEdit',
  answer: 'keptAnswer',
};

/** Why a turn failed, what was kept, and the way on. Where the server has its own words, they say what it keeps. */
export function FailureNote({ failure, session }: { failure: Failure; session: ThreadSession }) {
  const strings = useStrings();
  const { error, kept, retryAfter } = failure;
  return (
    <div className="ck-failure" role="alert">
      <Icon name="warning" />
      <div className="ck-failure-text">
        <p dir="auto">{errorText(error, strings)}</p>
        {(kept !== 'answer' || !serverSpeaks(error)) && <p className="ck-muted">{strings[KEPT[kept]]}</p>}
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

/** A message that nothing answers any more, as after a crash or a reload, is no dead end. */
export function UnansweredNote({ messageId, session }: { messageId: string; session: ThreadSession }) {
  const strings = useStrings();
  return (
    <div className="ck-unanswered">
      <p className="ck-muted">{strings.unanswered}</p>
      <button type="button" className="ck-button" onClick={() => session.retry(messageId).catch(() => {})}>
        <Icon name="reload" size={16} />
        {strings.retry}
      </button>
    </div>
  );
}
