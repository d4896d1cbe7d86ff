import { Suspense, useEffect } from 'react';
import { Redirect, useLocation } from 'wouter';
import styles from './app.module.css';
import { failureText } from './i18n/failure-text.ts';
import { LockingScreen, LockScreen } from './pages/locking/lock-screen.tsx';
import { LoginPage } from './pages/login/login-page.tsx';
import { decide } from './routes/decide.ts';
import { NewPasswordPage, OpenHistoryPage, SetupPage, SignedIn } from './routes/lazy-pages.ts';
import { PageBoundary } from './routes/page-boundary.tsx';
import { useI18n, useServices } from './services.tsx';
import { isHolding } from './session/session.ts';
import { LoadFailed, Loading } from './ui/page-states.tsx';
import { useStore } from './ui/store.ts';

/** The whole app: asks who is there, then shows the page that the address and the person call for. */
export function App() {
  return (
    <Suspense fallback={<Loading />}>
      <Place />
    </Suspense>
  );
}

function Place() {
  const { api, session } = useServices();
  const { t } = useI18n();
  const [path] = useLocation();
  const current = useStore(session);
  const decision = decide(path, current);

  useEffect(() => void session.open(api), [session, api]);

  switch (decision.kind) {
    case 'wait':
      return <Loading />;
    case 'unknown':
      return (
        <main className="full-page">
          <LoadFailed
            alone
            title={t.common.notAnswering}
            text={current.kind === 'unknown' ? failureText(current.failure, t) : t.errors.unreachable}
            onRetry={() => void session.open(api)}
          />
        </main>
      );
    case 'redirect':
      return <Redirect to={decision.to} replace />;
    case 'setup':
      return <SetupPage />;
    case 'login':
      return <LoginPage ended={current.kind === 'guest' && current.ended} />;
    case 'new-password':
      return current.kind === 'signed-in' ? <NewPasswordPage user={current.user} /> : null;
    case 'locking':
      return current.kind === 'locking' ? <LockingScreen isAnswered={current.isAnswered} /> : null;
    case 'locked':
      return current.kind === 'locked' ? <LockScreen person={current.person} /> : null;
    case 'open-history':
    case 'page': {
      if (!isHolding(current)) return null;
      const { user } = current;
      const isClosed = current.kind === 'closed';
      return (
        <>
          {isClosed && (
            <Suspense fallback={<Loading />}>
              <OpenHistoryPage />
            </Suspense>
          )}
          {user !== null && (
            // What was typed and not sent stays where it is until the history is open again.
            <div className={styles.page} hidden={isClosed}>
              <PageBoundary alone>
                <SignedIn key={user.id} user={user} page={decision.page} />
              </PageBoundary>
            </div>
          )}
        </>
      );
    }
  }
}
