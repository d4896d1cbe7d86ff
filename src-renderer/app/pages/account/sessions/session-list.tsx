import type { Session } from '../../../../../src-shared/api/index.ts';
import { useFullI18n } from '../../../full-i18n.ts';
import type { FullDictionary } from '../../../i18n/full-en.ts';
import { datesIn } from '../../../i18n/locale.ts';
import { Button } from '../../../ui/button.tsx';
import styles from './session-list.module.css';

export interface SessionListProps {
  readonly sessions: readonly Session[];
  /** The one that is being ended. */
  readonly ending: string | null;
  readonly onEnd: (session: Session) => void;
}

/** Where somebody is signed in, each with a way to end it; the present session ends by signing out. */
export function SessionList({ sessions, ending, onEnd }: SessionListProps) {
  const { t, locale } = useFullI18n();
  const texts = t.people.sessions;
  const moments = datesIn(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const moment = (iso: string) => moments.format(new Date(iso));
  return (
    <ul className={styles.list}>
      {sessions.map((session) => (
        <li key={session.id} className={styles.session}>
          <div>
            <strong>{placeName(session.place, t)}</strong>
            {session.current && <span className={styles.current}>{texts.current}</span>}
            <small>
              {texts.since(moment(session.created_at))} · {texts.lastUsed(moment(session.last_used_at))}
            </small>
          </div>
          {!session.current && (
            <Button
              aria-label={texts.endOf(placeName(session.place, t))}
              busy={ending === session.id}
              onClick={() => onEnd(session)}
            >
              {texts.end}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The server's `Firefox on Linux` in the language of the page. */
export function placeName(place: string | null, t: FullDictionary): string {
  if (place === null) return t.people.sessions.unknownPlace;
  const [program = place, system] = place.split(' on ');
  return system === undefined ? program : t.people.sessions.place(program, system);
}
