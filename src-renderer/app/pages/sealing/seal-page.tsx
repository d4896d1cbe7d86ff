import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { Security } from '../../../../src-shared/api/index.ts';
import { useI18n, useServices } from '../../services.tsx';
import { Front } from '../../shell/front.tsx';
import { SignOut } from '../../shell/sign-out.tsx';
import { useInterval } from '../../ui/use-interval.ts';
import { RecoveryCodeWizard } from '../account/recovery/recovery-code-wizard.tsx';
import styles from './seal-page.module.css';

/** Sealed in another window, or not asked for any more: this one finds out as often. */
const LOOK_EVERY_MS = 10_000;

/**
 * Asks people to seal their account before anything else. A modal dialog as large as the window: whatever dialog is open
 * in the page behind lets go of the keyboard.
 *
 * @param props.hasPage whether a page of theirs waits behind
 */
export function SealPage(props: {
  email: string;
  hasPage: boolean;
  onSecurity: (security: Security) => void;
}) {
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
