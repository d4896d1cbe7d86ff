import { useState } from 'react';
import type { PersonTile } from '../../../../src-shared/api/index.ts';
import { useI18n, useServices } from '../../services.tsx';
import { Front } from '../../shell/front.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Loading } from '../../ui/page-states.tsx';
import { LoginPage } from '../login/login-page.tsx';
import styles from './locking.module.css';
import { PersonUnlock } from './person-unlock.tsx';

/**
 * What a page shows from when it is locked until it has begun anew. It has no fields: what is typed into a page that is
 * about to be loaded again would be lost.
 */
export function LockingScreen({ isAnswered }: { isAnswered: boolean }) {
  const { t } = useI18n();
  return (
    <Front title={t.locking.locked} lead={t.locking.lockedLead} focusHeading>
      {isAnswered ? (
        <Loading />
      ) : (
        <Banner tone="warning" role="status">
          {t.locking.unanswered}
        </Banner>
      )}
    </Front>
  );
}

/** All that is left of a page while its session is locked: who has to come back, and the way for others. */
export function LockScreen({ person }: { person: PersonTile | null }) {
  const { api, session, switching } = useServices();
  const { t } = useI18n();
  const [others, setOthers] = useState(switching.wished);

  const signOut = async () => {
    await api.signOut();
    await session.open(api);
  };

  if (others) return <LoginPage ended={false} onBack={() => setOthers(false)} />;
  return (
    <Front title={t.locking.locked} lead={t.locking.lockedLead} focusHeading={false}>
      {person === null ? (
        <Loading />
      ) : (
        <PersonUnlock
          person={person}
          refresh={async () => {
            const state = await api.lockState();
            return state.ok && state.value.state === 'locked' ? state.value.person : null;
          }}
        />
      )}
      <div className={styles.ways}>
        <Button look="quiet" icon="people" onClick={() => setOthers(true)}>
          {t.locking.switchPerson}
        </Button>
        <Button look="quiet" icon="sign-out" onClick={() => void signOut()}>
          {t.locking.signOutOf}
        </Button>
      </div>
    </Front>
  );
}
