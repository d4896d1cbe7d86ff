import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { type FirstFocus, Menu } from './Menu.tsx';

interface PickerButtonProps {
  /** Accessible name of the button. */
  name: string;
  /** Accessible name of the menu. */
  label: string;
  className: string;
  disabled: boolean;
  /** What is drawn on the button. */
  face: ReactNode;
  /** The items; `close` takes the menu away and leaves the focus to the caller. */
  items(close: () => void): ReactNode;
}

/** A button with a {@link Menu}. It opens by a press, Enter, Space, or an arrow key. */
export function PickerButton({ name, label, className, disabled, face, items }: PickerButtonProps) {
  const [open, setOpen] = useState<FirstFocus | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menuId = useId();
  const close = () => setOpen(null);
  useEffect(() => {
    if (disabled) setOpen(null);
  }, [disabled]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(event.key === 'ArrowUp' ? 'last' : 'chosen');
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={name}
        title={name}
        aria-haspopup="menu"
        aria-expanded={open !== null}
        aria-controls={open === null ? undefined : menuId}
        disabled={disabled}
        onKeyDown={onKeyDown}
        onClick={() => setOpen(open === null ? 'chosen' : null)}
      >
        {face}
      </button>
      {open !== null && !disabled && (
        <Menu id={menuId} label={label} button={button} first={open} onClose={close}>
          {items(close)}
        </Menu>
      )}
    </>
  );
}
