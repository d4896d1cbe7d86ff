import { useState } from 'react';
import type { PersonalKey, PersonalKeys, PersonalKeyTest } from '../../../../../src-shared/api/index.ts';
import { useRequest } from '../../../forms/use-request.ts';
import { useFullI18n } from '../../../full-i18n.ts';
import { datesIn } from '../../../i18n/locale.ts';
import { useServices } from '../../../services.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { FailureBanner } from '../../../ui/failure-banner.tsx';
import styles from '../account.module.css';
import { KeyForm } from './key-form.tsx';
import keyStyles from './keys.module.css';

export interface KeyEntryProps {
  readonly connection: PersonalKey;
  readonly name: string;
  /** What can be done with the key now. */
  readonly may: 'change' | 'remove' | 'nothing';
  /** Something was begun: what was said before is over. */
  readonly onStart: () => void;
  readonly onChanged: (what: 'saved' | 'removed', keys: PersonalKeys) => void;
}

/** One connection: whether there is a key of the person's own, and what can be done with it. */
export function KeyEntry({ connection, name, may, onStart, onChanged }: KeyEntryProps) {
  const { t, locale } = useFullI18n();
  const texts = t.keys;
  const [isOpen, setOpen] = useState(false);
  const times = datesIn(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const { key, last_used_at, origin, usable } = connection;
  const used = last_used_at === null ? texts.neverUsed : texts.lastUsed(times.format(new Date(last_used_at)));

  return (
    <li className={keyStyles.entry}>
      <div className={keyStyles.about}>
        <strong>{name}</strong>
        <span className={key === 'set' ? styles.on : styles.off}>{texts.state[key]}</span>
        <small>
          {texts.sentTo(origin)}
          {key !== 'none' && ` · ${used}`}
        </small>
      </div>
      {!usable && <p className={styles.lead}>{texts.notUsable}</p>}
      {key === 'unreadable' && may !== 'nothing' && <Banner tone="warning">{texts.unreadable}</Banner>}
      {isOpen ? (
        <KeyForm
          connection={connection}
          onSaved={(keys) => {
            setOpen(false);
            onChanged('saved', keys);
          }}
          onCancel={() => setOpen(false)}
        />
      ) : (
        <Actions
          {...{ connection, name, may, onStart, onChanged }}
          onEnter={() => {
            onStart();
            setOpen(true);
          }}
        />
      )}
    </li>
  );
}

function Actions(props: KeyEntryProps & { onEnter: () => void }) {
  const { connection, name, may, onStart, onChanged, onEnter } = props;
  const { connection_id: id, key, usable } = connection;
  const { api } = useServices();
  const { t, locale } = useFullI18n();
  const texts = t.keys;
  const [test, setTest] = useState<PersonalKeyTest | null>(null);
  const testing = useRequest();
  const removing = useRequest();
  const label = (action: string) => ({ 'aria-label': texts.of(action, name) });

  const tryOut = async () => {
    onStart();
    setTest(null);
    const result = await testing.run(() => api.personalKeys.test(id));
    if (result?.ok) setTest(result.value);
  };
  const remove = async () => {
    onStart();
    setTest(null);
    const result = await removing.run(() => api.personalKeys.remove(id));
    if (result?.ok) onChanged('removed', result.value);
  };
  if (may === 'nothing') return null;
  const { outcome, tookMs } = t.governance.connections;
  return (
    <>
      {test !== null && (
        <Banner tone={test.outcome === 'ok' ? 'success' : 'warning'} role="status">
          {outcome[test.outcome]} {tookMs(test.milliseconds.toLocaleString(locale))}
        </Banner>
      )}
      <FailureBanner failure={testing.failure} />
      <FailureBanner failure={removing.failure} />
      <div className={styles.buttons}>
        {may === 'change' && usable && (
          <Button icon="key" onClick={onEnter} {...label(key === 'none' ? texts.set : texts.change)}>
            {key === 'none' ? texts.set : texts.change}
          </Button>
        )}
        {may === 'change' && usable && key === 'set' && (
          <Button icon="reload" busy={testing.busy} onClick={() => void tryOut()} {...label(texts.test)}>
            {testing.busy ? texts.testing : texts.test}
          </Button>
        )}
        {key !== 'none' && (
          <Button
            look="quiet"
            icon="trash"
            busy={removing.busy}
            onClick={() => void remove()}
            {...label(texts.remove)}
          >
            {removing.busy ? texts.removing : texts.remove}
          </Button>
        )}
      </div>
    </>
  );
}
