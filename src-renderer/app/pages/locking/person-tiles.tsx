import type { PersonTile } from '../../../../src-shared/api/index.ts';
import { useI18n } from '../../services.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Avatar } from './avatar.tsx';
import styles from './locking.module.css';

/** The people whom this browser or window knows, and the way in for everybody else. */
export function PersonTiles(props: {
  people: readonly PersonTile[];
  onPerson: (person: PersonTile) => void;
  onRemove: (person: PersonTile) => void;
  onSomeoneElse: () => void;
}) {
  const { t } = useI18n();
  return (
    <>
      <ul className={styles.tiles} aria-label={t.locking.peopleList}>
        {props.people.map((person) => (
          <li key={person.id} className={styles.tile}>
            <button type="button" className={styles.choose} onClick={() => props.onPerson(person)}>
              <Avatar person={person} />
              <span className={styles.who}>
                <strong>{person.name}</strong>
                {person.waiting && (
                  <small>
                    <Icon name="lock" size={14} />
                    {t.locking.waiting}
                  </small>
                )}
              </span>
            </button>
            <IconButton
              icon="close"
              label={t.locking.remove(person.name)}
              onClick={() => props.onRemove(person)}
            />
          </li>
        ))}
      </ul>
      <Button block icon="plus" onClick={props.onSomeoneElse}>
        {t.locking.someoneElse}
      </Button>
    </>
  );
}
