import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode, RefObject } from 'react';
import { Icon, type IconName } from './icon.tsx';
import styles from './menu.module.css';

export interface MenuProps {
  /** The button that opens the menu. */
  readonly trigger: ReactElement;
  /** Set to that button, for giving the focus back after a dialog. */
  readonly triggerRef?: RefObject<HTMLButtonElement | null>;
  /** Where the menu opens, seen from the button. */
  readonly side: 'bottom' | 'right';
  readonly align: 'start' | 'end';
  readonly header?: ReactNode;
  readonly children: ReactNode;
}

/** A menu of actions: arrow keys, typing, Escape, focus back on its button. */
export function Menu({ trigger, triggerRef, side, align, header, children }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger ref={triggerRef} render={trigger} />
      <Base.Portal>
        <Base.Positioner
          className={styles.positioner}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          <Base.Popup className={styles.popup}>
            {header !== undefined && <div className={styles.header}>{header}</div>}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export interface MenuItemProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onSelect: () => void;
  /** Why the action is not possible now; the item is then shown but does nothing. */
  readonly unavailable?: string | undefined;
  readonly danger?: boolean;
}

/** One action of a {@link Menu}. */
export function MenuItem({ icon, label, onSelect, unavailable, danger = false }: MenuItemProps) {
  return (
    <Base.Item
      className={`${styles.item} ${danger ? styles.danger : ''}`}
      disabled={unavailable !== undefined}
      onClick={onSelect}
    >
      <Icon name={icon} size={18} />
      <span>
        {label}
        {unavailable !== undefined && <small>{unavailable}</small>}
      </span>
    </Base.Item>
  );
}
