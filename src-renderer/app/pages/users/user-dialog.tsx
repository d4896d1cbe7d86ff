import type { RefObject } from 'react';
import type { User } from '../../../../src-shared/api/index.ts';
import { CreateUserDialog } from './create-user-dialog.tsx';
import { DeactivateDialog } from './deactivate-dialog.tsx';
import { DeleteUserDialog } from './delete-user-dialog.tsx';
import { RemoveFactorDialog } from './remove-factor-dialog.tsx';
import { ResetPasswordDialog } from './reset-password-dialog.tsx';
import { RoleDialog } from './role-dialog.tsx';
import { SessionsDialog } from './sessions-dialog.tsx';

/** The dialog that is open on the page "People", and whom it is about. */
export type OpenDialog =
  | { readonly kind: 'create' }
  | {
      readonly kind: 'role' | 'reset' | 'sessions' | 'remove-factor' | 'deactivate' | 'delete';
      readonly user: User;
    };

/** Each of them tells what was done; the page shows it. */
export function UserDialog(props: {
  dialog: OpenDialog;
  me: User;
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
  onCreated: () => void;
  onRole: (user: User) => void;
  onFactorRemoved: (user: User) => void;
  onDeactivated: (user: User) => void;
  onDeleted: (user: User) => void;
}) {
  const { dialog, onClose, returnFocusTo } = props;
  if (dialog.kind === 'create') return <CreateUserDialog onClose={onClose} onCreated={props.onCreated} />;
  const { user } = dialog;
  const own = user.id === props.me.id;
  const common = { user, returnFocusTo, onClose };
  switch (dialog.kind) {
    case 'role':
      return <RoleDialog {...common} own={own} onChanged={props.onRole} />;
    case 'reset':
      return <ResetPasswordDialog {...common} />;
    case 'sessions':
      return <SessionsDialog {...common} />;
    case 'remove-factor':
      return <RemoveFactorDialog {...common} onRemoved={() => props.onFactorRemoved(user)} />;
    case 'deactivate':
      return <DeactivateDialog {...common} own={own} onDeactivated={() => props.onDeactivated(user)} />;
    case 'delete':
      return <DeleteUserDialog {...common} own={own} onDeleted={() => props.onDeleted(user)} />;
  }
}
