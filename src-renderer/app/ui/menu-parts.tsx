/** What {@link ./menu.tsx} loads: the menu of Base UI with the look of Foyer. */
import { Menu as Base } from '@base-ui/react/menu';
import { Icon } from './icon.tsx';
import styles from './menu.module.css';
import type { MenuItemProps, MenuProps } from './menu.tsx';

/** The menu itself. */
export function LoadedMenu({
  trigger,
  triggerRef,
  side,
  align,
  header,
  children,
  defaultOpen,
}: MenuProps & { readonly defaultOpen: boolean }) {
  return (
    <Base.Root modal={false} defaultOpen={defaultOpen}>
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

/** One action of a {@link Menu}. */
export function LoadedItem({ icon, label, onSelect, unavailable, danger = false }: MenuItemProps) {
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
