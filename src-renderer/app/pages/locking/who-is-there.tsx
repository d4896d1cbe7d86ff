import { type ReactNode, useState } from 'react';
import type { PersonTile } from '../../../../src-shared/api/index.ts';
import { useI18n } from '../../services.tsx';
import { Front } from '../../shell/front.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import styles from './locking.module.css';
import { PersonTiles } from './person-tiles.tsx';
import { PersonUnlock } from './person-unlock.tsx';
import type { useDevicePeople } from './use-device-people.ts';

/** Choosing among the people of this machine, and coming in as one of them. */
export function WhoIsThere(props: {
  device: ReturnType<typeof useDevicePeople>;
  people: readonly PersonTile[];
  notice?: ReactNode;
  onSomeoneElse: () => void;
  /** Leads back to the session that is locked here, if there is one. */
  onBack: (() => void) | null;
}) {
  const { device, people } = props;
  const { t } = useI18n();
  const [person, setPerson] = useState<PersonTile | null>(null);
  const [removed, setRemoved] = useState<string | null>(null);

  const remove = async ({ id, name }: PersonTile) => {
    if (await device.remove(id)) setRemoved(name);
  };

  if (person !== null) {
    return (
      <Front title={t.login.title} lead={t.login.lead} focusHeading={false}>
        <PersonUnlock
          key={person.id}
          person={person}
          refresh={async () => (await device.reload()).find(({ id }) => id === person.id) ?? null}
        />
        <Button look="quiet" block icon="people" onClick={() => setPerson(null)}>
          {t.locking.back}
        </Button>
      </Front>
    );
  }
  return (
    <Front title={t.locking.people} lead={t.locking.peopleLead} focusHeading>
      {props.notice}
      {removed !== null && (
        <Banner tone="success" role="status">
          {t.locking.removed(removed)}
        </Banner>
      )}
      <div className={styles.list}>
        <PersonTiles
          people={people}
          onPerson={setPerson}
          onRemove={(chosen) => void remove(chosen)}
          onSomeoneElse={props.onSomeoneElse}
        />
        {props.onBack !== null && (
          <Button look="quiet" block icon="lock" onClick={props.onBack}>
            {t.locking.backToLocked}
          </Button>
        )}
      </div>
    </Front>
  );
}
