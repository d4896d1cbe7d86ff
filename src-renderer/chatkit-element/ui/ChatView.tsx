import { Suspense, useEffect } from 'react';
import type { ThreadSession } from '../session/session.ts';
import type { SessionState } from '../session/session-state.ts';
import { pendingQuestions } from '../state/questions.ts';
import { FileDrop } from './attachments/FileDrop.tsx';
import { Composer } from './Composer.tsx';
import { usePage, useStore, useStrings } from './context.ts';
import { errorText } from './error-text.ts';
import { Icon } from './Icon.tsx';
import { Markdown, preloadViews, Transcript } from './lazy.ts';
import { FailureNote } from './Notes.tsx';
import { OfflineNote } from './OfflineNote.tsx';
import { QueueList } from './queue/QueueList.tsx';
import { StartPrompts, StartScreen } from './StartScreen.tsx';
import { StructuredInput } from './StructuredInput.tsx';

/** The open thread with its composer. */
export function ChatView() {
  const { controller } = usePage();
  const strings = useStrings();
  const { session, options } = useStore(controller.app);
  const state = useStore(session.state);
  const status = state.transcript.thread?.status ?? { type: 'active' };
  const fresh = state.threadId === null && state.transcript.items.length === 0;
  const { disclaimer } = options;
  const questions = status.type === 'active' ? pendingQuestions(state.transcript.items) : null;
  useEffect(preloadViews, []);
  return (
    <div className={fresh ? 'ck-chat ck-chat--fresh' : 'ck-chat'}>
      <Body session={session} state={state} fresh={fresh} />
      <FileDrop disabled={status.type !== 'active' || state.load.kind !== 'ready'} />
      <div className="ck-foot">
        <OfflineNote />
        <QueueList state={state} />
        {status.type === 'closed' ? (
          <p className="ck-closed" dir="auto">
            {status.reason ?? strings.closedThread}
          </p>
        ) : questions !== null ? (
          <StructuredInput
            key={questions.id}
            item={questions}
            session={session}
            running={state.turn.kind === 'running'}
          />
        ) : (
          <Composer session={session} state={state} />
        )}
        {fresh && <StartPrompts />}
        {disclaimer !== undefined && (
          <div className="ck-disclaimer" data-contrast={disclaimer.highContrast || undefined}>
            <Suspense fallback={<p>{disclaimer.text}</p>}>
              <Markdown text={disclaimer.text} />
            </Suspense>
          </div>
        )}
      </div>
    </div>
  );
}

interface BodyProps {
  session: ThreadSession;
  state: SessionState;
  fresh: boolean;
}

function Body({ session, state, fresh }: BodyProps) {
  const { controller } = usePage();
  const strings = useStrings();
  if (state.load.kind === 'loading') return <Loading label={strings.loadingThread} />;
  if (state.load.kind === 'failed') {
    const { error } = state.load;
    const gone = error.code === 'not_found';
    return (
      <div className="ck-empty" role="alert">
        <Icon name="warning" size={28} />
        <p className="ck-strong">{gone ? strings.threadGone : strings.threadFailed}</p>
        <p className="ck-muted">
          {gone ? strings.threadGoneHint : `${errorText(error, strings)} ${strings.loadHint}`}
        </p>
        <div className="ck-actions">
          {!gone && (
            <button type="button" className="ck-button" onClick={() => session.load().catch(() => {})}>
              {strings.retry}
            </button>
          )}
          <button type="button" className="ck-button" onClick={() => controller.openThread(null)}>
            {strings.newChat}
          </button>
        </div>
      </div>
    );
  }
  if (fresh) {
    return (
      <>
        <StartScreen />
        {state.failure !== null && (
          <div className="ck-column">
            <FailureNote failure={state.failure} session={session} />
          </div>
        )}
      </>
    );
  }
  return (
    <Suspense fallback={<Loading label={strings.loadingThread} />}>
      <Transcript key={session.key} session={session} state={state} />
    </Suspense>
  );
}

function Loading({ label }: { label: string }) {
  return (
    <div className="ck-scroll">
      <div className="ck-column ck-skeleton" role="status" aria-label={label}>
        <i className="ck-skeleton-user" />
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}
