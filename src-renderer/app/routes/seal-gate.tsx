import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { Security, User } from '../../../src-shared/api/index.ts';
import { useServices } from '../services.tsx';
import type { Session, SessionStore } from '../session/session.ts';
import { useStore } from '../ui/store.ts';
import { SealPage } from './lazy-pages.ts';
import { PageBoundary } from './page-boundary.tsx';
import styles from './seal-gate.module.css';

/**
 * Leads people whose account has to be sealed there: those who come in before they see anything, and those who have a
 * page open as soon as the server refuses something because of it. Their page stays behind as it is.
 */
export function SealGate({ user, children }: { user: User; children: ReactNode }) {
  const { api, session } = useServices();
  const current = useStore(session);
  const isUp = isUpIn(current);
  useFocusBack(session, isUp);
  /** Nothing is kept of a page that was refused everything from its beginning. */
  const [hasEntered, setEntered] = useState(false);

  const take = useCallback(
    (security: Security) => {
      const mustSeal = security.sealing === 'required' && security.protection === 'managed';
      if (mustSeal) session.sealingRequired();
      else {
        session.sealingSettled();
        setEntered(true);
      }
    },
    [session],
  );
  useEffect(() => {
    let isWanted = true;
    void api.security.state().then((result) => {
      if (!isWanted) return;
      if (result.ok) take(result.value);
      else setEntered(true);
    });
    return () => {
      isWanted = false;
    };
  }, [api, take]);

  return (
    <>
      {isUp && (
        // Of its own, so that the page behind stays where it is.
        <PageBoundary alone>
          <SealPage email={user.email} hasPage={hasEntered} onSecurity={take} />
        </PageBoundary>
      )}
      {(hasEntered || !isUp) && (
        <div className={styles.page} hidden={isUp} inert={isUp}>
          {children}
        </div>
      )}
    </>
  );
}

const isUpIn = (session: Session) => session.kind === 'signed-in' && session.mustSeal;

/** Gives the focus back to what had it when the gate came up. */
function useFocusBack(session: SessionStore, isUp: boolean): void {
  const before = useRef<Element | null>(null);
  useEffect(
    () =>
      session.subscribe(() => {
        // Before anything is drawn: a field of the gate takes the focus while it comes up.
        if (isUpIn(session.get())) before.current ??= document.activeElement;
      }),
    [session],
  );
  useEffect(() => {
    if (isUp) return;
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
    before.current = null;
  }, [isUp]);
}
