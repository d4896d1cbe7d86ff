import type { Role } from '../../../../src-shared/api/index.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { Choice } from '../../ui/choice.tsx';

/** The roles, each with what it may do. */
export function RoleChoice(props: { legend: string; role: Role; onRole: (role: Role) => void }) {
  const { t } = useFullI18n();
  const hints: Record<Role, string> = {
    user: t.users.create.memberHint,
    guest: t.people.guestHint,
    administrator: t.users.create.administratorHint,
  };
  return (
    <Choice
      look="cards"
      legend={props.legend}
      value={props.role}
      onValue={props.onRole}
      options={(['user', 'guest', 'administrator'] as const).map((value) => ({
        value,
        label: roleName(value, t),
        hint: hints[value],
      }))}
    />
  );
}
