import { useRef, useState } from 'react';
import type { ConnectionInfo } from '../../../../src-shared/api/index.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useServices } from '../../services.tsx';
import { Button } from '../../ui/button.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { LoadFailed, Loading } from '../../ui/page-states.tsx';
import { useLoaded } from '../../ui/use-loaded.ts';
import pageStyles from '../page.module.css';
import { type ConnectionAction, ConnectionCard } from './connection-card.tsx';
import { ConnectionDialog } from './connection-dialog.tsx';
import { DeleteConnectionDialog } from './delete-connection-dialog.tsx';
import { KeyDialog } from './key-dialog.tsx';
import { ModelsDialog } from './models-dialog.tsx';

type OpenDialog =
  | { readonly kind: 'create' }
  | { readonly kind: ConnectionAction; readonly connection: ConnectionInfo };

/** Looking after model servers: addresses, keys that go in only, models and their prices. */
export default function ConnectionsPage() {
  const { api } = useServices();
  const { t } = useFullI18n();
  const texts = t.governance.connections;
  const { state, reload } = useLoaded(api.governance.connections);
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const addButton = useRef<HTMLButtonElement>(null);

  const close = () => setDialog(null);
  const saved = () => {
    close();
    reload();
  };

  return (
    <div className={pageStyles.page}>
      <header className={pageStyles.header}>
        <div>
          <PageHeading title={texts.title} />
          <p className={pageStyles.lead}>{texts.lead}</p>
        </div>
        <Button ref={addButton} look="primary" icon="plus" onClick={() => setDialog({ kind: 'create' })}>
          {texts.add}
        </Button>
      </header>
      {state.kind === 'loading' && <Loading />}
      {state.kind === 'failed' && (
        <LoadFailed title={texts.loadFailed} text={failureText(state.failure, t)} onRetry={reload} />
      )}
      {state.kind === 'ready' &&
        state.value.map((connection) => (
          <ConnectionCard
            key={connection.id}
            connection={connection}
            onAction={(kind) => setDialog({ kind, connection })}
            onTested={reload}
          />
        ))}
      {dialog?.kind === 'create' && <ConnectionDialog connection={null} onClose={close} onSaved={saved} />}
      {dialog?.kind === 'edit' && (
        <ConnectionDialog connection={dialog.connection} onClose={close} onSaved={saved} />
      )}
      {dialog?.kind === 'key' && <KeyDialog connection={dialog.connection} onClose={close} onSaved={saved} />}
      {dialog?.kind === 'models' && (
        <ModelsDialog connection={dialog.connection} onClose={close} onSaved={saved} />
      )}
      {dialog?.kind === 'delete' && (
        <DeleteConnectionDialog
          connection={dialog.connection}
          returnFocusTo={addButton}
          onClose={close}
          onDeleted={saved}
        />
      )}
    </div>
  );
}
