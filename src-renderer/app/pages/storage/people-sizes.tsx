import { useState } from 'react';
import type { StorageReport } from '../../../../src-shared/api/index.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { formatBytes } from '../../ui/sizes.ts';
import tableStyles from '../../ui/table.module.css';

/** People that are listed at a time. */
const STEP = 20;

/** What each person's things take, the largest first. */
export function PeopleSizes(props: {
  people: StorageReport['people'];
  emails: Readonly<Record<string, string>>;
}) {
  const { t, locale } = useFullI18n();
  const texts = t.administration.storage;
  const { columns } = texts;
  const [shown, setShown] = useState(STEP);
  const size = (bytes: number) => formatBytes(bytes, locale);
  return (
    <Section title={texts.people}>
      {props.people.length === 0 ? (
        <p>{texts.noPeople}</p>
      ) : (
        <table className={tableStyles.table}>
          <caption className="visually-hidden">{texts.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{columns.person}</th>
              <th scope="col" className={tableStyles.number}>
                {columns.history}
              </th>
              <th scope="col" className={tableStyles.number}>
                {columns.files}
              </th>
              <th scope="col" className={tableStyles.number}>
                {columns.total}
              </th>
            </tr>
          </thead>
          <tbody>
            {props.people.slice(0, shown).map(({ id, history, attachments }) => (
              <tr key={id}>
                <th scope="row">{props.emails[id] ?? id}</th>
                <td className={tableStyles.number} data-label={columns.history}>
                  {size(history.bytes)}
                </td>
                <td className={tableStyles.number} data-label={columns.files}>
                  {size(attachments.bytes)}
                </td>
                <td className={tableStyles.number} data-label={columns.total}>
                  {size(history.bytes + attachments.bytes)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {props.people.length > shown && (
        <div className={tableStyles.below}>
          <span />
          <Button onClick={() => setShown(shown + STEP)}>{texts.more}</Button>
        </div>
      )}
    </Section>
  );
}
