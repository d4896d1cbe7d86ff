import { type RefObject, useRef } from 'react';
import type { Person } from '../../../../src-shared/api/index.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';

export type UserAction =
  | 'role'
  | 'reset'
  | 'sessions'
  | 'lift-lock'
  | 'remove-factor'
  | 'deactivate'
  | 'activate'
  | 'delete';

/** What can be done with one person. @param props.kept true for the last administrator, who stays what they are */
export function RowMenu(props: {
  person: Person;
  kept: boolean;
  onAction: (action: UserAction, person: Person, opener: RefObject<HTMLElement | null>) => void;
}) {
  const { person, onAction } = props;
  const { t } = useFullI18n();
  const opener = useRef<HTMLButtonElement>(null);
  const texts = t.people.actions;
  const reason = props.kept ? t.users.lastAdministrator : undefined;
  const act = (action: UserAction) => () => onAction(action, person, opener);
  return (
    <Menu
      triggerRef={opener}
      side="bottom"
      align="end"
      trigger={<IconButton icon="more" label={t.users.actionsFor(person.email)} />}
    >
      <MenuItem icon="shield" label={texts.role} unavailable={reason} onSelect={act('role')} />
      <MenuItem icon="key" label={t.users.reset} onSelect={act('reset')} />
      <MenuItem icon="house" label={texts.sessions} onSelect={act('sessions')} />
      {person.locked_until !== null && (
        <MenuItem icon="reload" label={texts.liftLock} onSelect={act('lift-lock')} />
      )}
      {person.second_factor === true && (
        <MenuItem icon="phone" label={t.security.admin.removeFactor} onSelect={act('remove-factor')} />
      )}
      {person.status === 'active' ? (
        <MenuItem icon="eye-off" label={texts.deactivate} unavailable={reason} onSelect={act('deactivate')} />
      ) : (
        <MenuItem icon="check" label={texts.activate} onSelect={act('activate')} />
      )}
      <MenuItem icon="trash" danger label={t.users.remove} unavailable={reason} onSelect={act('delete')} />
    </Menu>
  );
}
