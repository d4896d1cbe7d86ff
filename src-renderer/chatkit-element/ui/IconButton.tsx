import type { ButtonHTMLAttributes } from 'react';
import { Icon } from './Icon.tsx';

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: string;
  /** Accessible name, also shown as a tooltip. */
  label: string;
  size?: number;
}

/** A square button with one icon and a name. */
export function IconButton({ icon, label, size = 20, className = '', ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`ck-icon-button ${className}`}
      aria-label={label}
      title={label}
    >
      <Icon name={icon} size={size} />
    </button>
  );
}
