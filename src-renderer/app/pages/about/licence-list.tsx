import { useCallback, useState } from 'react';
import type { Licences } from '../../../../src-shared/api/index.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useServices } from '../../services.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { LoadFailed, Loading } from '../../ui/page-states.tsx';
import { Section } from '../../ui/section.tsx';
import { useLoaded } from '../../ui/use-loaded.ts';
import styles from './about.module.css';

/** The licences of others; fetched when somebody wants to see them, since they are long. */
export function LicenceList() {
  const { t } = useFullI18n();
  const texts = t.administration.about.licences;
  const [isWanted, setWanted] = useState(false);
  return (
    <Section
      title={texts.title}
      lead={texts.lead}
      action={!isWanted && <Button onClick={() => setWanted(true)}>{texts.show}</Button>}
    >
      {isWanted && <Fetched />}
    </Section>
  );
}

function Fetched() {
  const { api } = useServices();
  const { t } = useFullI18n();
  const load = useCallback(() => api.administration.licences(), [api]);
  const { state, reload } = useLoaded(load);
  if (state.kind === 'loading') return <Loading />;
  if (state.kind === 'failed') {
    const { loadFailed } = t.administration.about.licences;
    return <LoadFailed title={loadFailed} text={failureText(state.failure, t)} onRetry={reload} />;
  }
  return <Packages licences={state.value} />;
}

function Packages({ licences }: { licences: Licences }) {
  const { t, locale } = useFullI18n();
  const texts = t.administration.about.licences;
  const [wanted, setWanted] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const needle = wanted.trim().toLowerCase();
  const found = licences.packages.filter(({ name }) => name.toLowerCase().includes(needle));
  return (
    <>
      <TextField label={texts.search} type="search" value={wanted} onValue={setWanted} />
      <p role="status" className={styles.count}>
        {found.length === 0 ? texts.noneFound : texts.count(found.length.toLocaleString(locale))}
      </p>
      <ul className={styles.packages}>
        {found.map(({ name, version, licence, texts: numbers }) => {
          const key = `${name} ${version}`;
          return (
            <li key={key}>
              <details
                onToggle={(event) => {
                  const isOpen = event.currentTarget.open;
                  if (isOpen) setOpen((before) => new Set(before).add(key));
                }}
              >
                <summary>
                  <strong>{name}</strong> <span>{version}</span> <span>{licence}</span>
                </summary>
                {open.has(key) &&
                  (numbers.length === 0 ? (
                    <p>{texts.noText}</p>
                  ) : (
                    numbers.map((number) => (
                      <pre key={number} lang="en">
                        {licences.texts[number]}
                      </pre>
                    ))
                  ))}
              </details>
            </li>
          );
        })}
      </ul>
      <p className={styles.count}>{texts.electron}</p>
    </>
  );
}
