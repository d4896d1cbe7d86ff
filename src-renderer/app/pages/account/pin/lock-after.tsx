import type { OwnLocking } from '../../../../../src-shared/api/index.ts';
import { useRequest } from '../../../forms/use-request.ts';
import { useI18n, useServices } from '../../../services.tsx';
import { FailureBanner } from '../../../ui/failure-banner.tsx';
import { FieldFrame } from '../../../ui/field.tsx';
import styles from '../account.module.css';

/** What people choose from, in minutes. */
const TIMES = [1, 2, 5, 10, 15, 30, 60, 120, 240] as const;

/** Shows a part of what the person decides, and hands on what the server made of a change. */
export interface LockingPart {
  readonly locking: OwnLocking;
  readonly onLocking: (locking: OwnLocking) => void;
}

/** How long the own windows stay open unused: as long as the administrator allows, or shorter. */
export function LockAfter({ locking, onLocking }: LockingPart) {
  const { api } = useServices();
  const { t } = useI18n();
  const words = t.locking.section;
  const request = useRequest();
  const { lock_after_minutes: own, longest_minutes: longest } = locking;
  const shorter = TIMES.filter((minutes) => longest === null || minutes < longest);
  // What was chosen before the administrator's limit, or by a program, is shown as it is.
  const isChosen = own !== null && (longest === null || own < longest);
  const times = [...new Set(isChosen ? [...shorter, own] : shorter)].sort((a, b) => a - b);

  const choose = (value: string) => {
    const lock_after_minutes = value === '' ? null : Number(value);
    void request
      .run(() => api.changeOwnLocking({ lock_after_minutes }))
      .then((result) => result?.ok && onLocking(result.value));
  };
  return (
    <div className={styles.form}>
      <FieldFrame label={words.after} hint={words.afterHint}>
        {(wiring) => (
          <select
            {...wiring}
            value={isChosen ? String(own) : ''}
            onChange={(event) => choose(event.target.value)}
          >
            {times.map((minutes) => (
              <option key={minutes} value={minutes}>
                {words.minutes(minutes)}
              </option>
            ))}
            <option value="">{longest === null ? words.never : words.longest(longest)}</option>
          </select>
        )}
      </FieldFrame>
      <FailureBanner failure={request.failure} />
      <p className="visually-hidden" role="status">
        {request.busy ? t.common.saving : ''}
      </p>
    </div>
  );
}
