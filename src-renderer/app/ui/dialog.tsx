import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react';
import { useI18n } from '../services.tsx';
import { IconButton } from './button.tsx';
import styles from './dialog.module.css';

export interface DialogProps {
  readonly title: string;
  /** Asked to close: by Escape, the cross, or a click beside the dialog. */
  readonly onClose: () => void;
  /** While true nothing but the dialog's own buttons closes it, so that no answer gets lost. */
  readonly locked?: boolean;
  /** Gets the focus afterwards; without it, what had the focus before. */
  readonly returnFocusTo?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/**
 * A modal dialog on the native element: the rest of the page is inert, Escape closes, and the focus returns to where
 * it was. It is open for as long as it is rendered.
 */
export function Dialog({ title, onClose, locked = false, returnFocusTo, children }: DialogProps) {
  const { t } = useI18n();
  const titleId = useId();
  const element = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const dialog = element.current;
    const opener = document.activeElement;
    if (dialog === null) return;
    if (!dialog.open) dialog.showModal();
    dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => {
      dialog.close();
      const wanted = returnFocusTo?.current;
      if (wanted?.isConnected) wanted.focus();
      else if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, [returnFocusTo]);

  return (
    <dialog
      ref={element}
      className={styles.dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        if (!locked) onClose();
      }}
      onMouseDown={(event) => {
        if (!locked && event.target === element.current) onClose();
      }}
    >
      <div className={styles.sheet}>
        <header className={styles.header}>
          <h2 id={titleId}>{title}</h2>
          {!locked && <IconButton icon="close" label={t.common.close} onClick={onClose} />}
        </header>
        {children}
      </div>
    </dialog>
  );
}

/** The row of buttons at the end of a dialog. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}

/** The stacked parts of a dialog above its buttons. */
export function DialogBody({ children }: { children: ReactNode }) {
  return <div className={styles.body}>{children}</div>;
}
