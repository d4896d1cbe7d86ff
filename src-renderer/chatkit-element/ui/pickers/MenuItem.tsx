import { useId } from 'react';
import { Icon } from '../Icon.tsx';

interface MenuItemProps {
  label: string;
  icon?: string | undefined;
  /** A second line, smaller. */
  description?: string | undefined;
  /** A word beside the label, such as that this is the default. */
  mark?: string | undefined;
  checked: boolean;
  disabled?: boolean;
  onChoose(): void;
}

/** One of several things of which one is chosen. What is disabled can be read with the keyboard, but not chosen. */
export function MenuItem({ label, icon, description, mark, checked, disabled, onChoose }: MenuItemProps) {
  const id = useId();
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={checked}
      aria-disabled={disabled || undefined}
      aria-labelledby={mark === undefined ? `${id}label` : `${id}label ${id}mark`}
      aria-describedby={description === undefined ? undefined : `${id}more`}
      tabIndex={-1}
      className="ck-menu-item"
      onPointerMove={({ currentTarget }) => currentTarget.focus({ preventScroll: true })}
      onClick={() => {
        if (disabled !== true) onChoose();
      }}
    >
      {icon !== undefined && <Icon name={icon} size={18} />}
      <span className="ck-menu-text">
        <span className="ck-menu-first">
          <span id={`${id}label`} className="ck-menu-label" dir="auto">
            {label}
          </span>
          {mark !== undefined && (
            <span id={`${id}mark`} className="ck-menu-mark">
              {mark}
            </span>
          )}
        </span>
        {description !== undefined && (
          <span id={`${id}more`} className="ck-menu-more" dir="auto">
            {description}
          </span>
        )}
      </span>
      <span className="ck-menu-check">{checked && <Icon name="check" size={16} />}</span>
    </button>
  );
}
