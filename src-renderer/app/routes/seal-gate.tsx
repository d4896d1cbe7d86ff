import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Security, User } from '../../../src-shared/api/index.ts';
import { RecoveryCodeWizard } from '../pages/account/recovery/recovery-code-wizard.tsx';
import { useI18n, useServices } from '../services.tsx';
import type { Session, SessionStore } from '../session/session.ts';
import { Front } from '../shell/front.tsx';
import { SignOut } from '../shell/sign-out.tsx';
import { useStore } from '../ui/store.ts';
import { useInterval } from '../ui/use-interval.ts';
import styles from './seal-gate.module.css';

/** Sealed in another window, or not asked for any more: this one finds out as often. */
const LOOK_EVERY_MS = 10_000;

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
      {isUp && <Gate email={user.email} hasPage={hasEntered} onSecurity={take} />}
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

/** A modal dialog as large as the window: whatever dialog is open in the page behind lets go of the keyboard. */
function Gate(props: { email: string; hasPage: boolean; onSecurity: (security: Security) => void }) {
  const { email, hasPage, onSecurity } = props;
  const { api } = useServices();
  const { t } = useI18n();
  const texts = t.security.sealing;
  const dialog = useRef<HTMLDialogElement>(null);

  // Before the heading takes the focus, which a dialog that opens would take from it.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  const look = useCallback(() => {
    void api.security.state().then((result) => {
      if (result.ok) onSecurity(result.value);
    });
  }, [api, onSecurity]);
  useEffect(look, [look]);
  useInterval(look, LOOK_EVERY_MS);

  return (
    <dialog
      ref={dialog}
      className={styles.gate}
      aria-label={texts.requiredTitle}
      onCancel={(event) => event.preventDefault()}
      // Browsers close a dialog on the second Escape whatever the first one was answered.
      onClose={() => dialog.current?.isConnected && dialog.current.showModal()}
    >
      <Front title={texts.requiredTitle} lead={hasPage ? texts.requiredNow : texts.requiredLead} focusHeading>
        <p>{texts.lead}</p>
        <RecoveryCodeWizard email={email} purpose="seal" onDone={onSecurity} />
        <SignOut label={t.nav.signOut} />
      </Front>
    </dialog>
  );
}
