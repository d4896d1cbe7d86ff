import { useCallback, useState } from 'react';
import type { OwnLocking } from '../../../../../src-shared/api/index.ts';
import { useRequest } from '../../../forms/use-request.ts';
import { failureText } from '../../../i18n/failure-text.ts';
import { datesIn } from '../../../i18n/locale.ts';
import { lockKeys } from '../../../locking/lock-wishes.ts';
import { useI18n, useServices } from '../../../services.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { FailureBanner } from '../../../ui/failure-banner.tsx';
import { LoadFailed, Loading } from '../../../ui/page-states.tsx';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { CheckField } from '../../locking/check-field.tsx';
import styles from '../account.module.css';
import { AccountSection } from '../account-section.tsx';
import { LockAfter, type LockingPart } from './lock-after.tsx';
import { PinForm } from './pin-form.tsx';

/** The PIN of this machine, when the own windows lock, and whether this window shows the person. */
export function PinSection() {
  const { api } = useServices();
  const { t, locale } = useI18n();
  const words = t.locking.section;
  const { state, reload, replace } = useLoaded(useCallback(() => api.ownLocking(), [api]));

  const badge = (pin: OwnLocking['pin']) => {
    if (pin.state !== 'set') return { tone: 'off', text: words.off } as const;
    const date = datesIn(locale, { dateStyle: 'medium' }).format(new Date(pin.created_at));
    return { tone: 'on', text: words.on(date) } as const;
  };
  return (
    <AccountSection
      title={words.title}
      icon="lock"
      lead={words.lead}
      {...(state.kind === 'ready' && { badge: badge(state.value.pin) })}
    >
      {state.kind === 'loading' && <Loading />}
      {state.kind === 'failed' && (
        <LoadFailed
          title={t.locking.rules.loadFailed}
          text={failureText(state.failure, t)}
          onRetry={reload}
        />
      )}
      {state.kind === 'ready' && <Ready locking={state.value} onLocking={replace} />}
    </AccountSection>
  );
}

function Ready({ locking, onLocking }: LockingPart) {
  const { t } = useI18n();
  return (
    <>
      <Pin locking={locking} onLocking={onLocking} />
      <LockAfter locking={locking} onLocking={onLocking} />
      <ShownHere locking={locking} onLocking={onLocking} />
      <p className={styles.lead}>{t.locking.section.shortcut(lockKeys(navigator.platform))}</p>
    </>
  );
}

function Pin({ locking, onLocking }: LockingPart) {
  const { api } = useServices();
  const { t } = useI18n();
  const words = t.locking.section;
  const [stage, setStage] = useState<'closed' | 'open' | 'saved' | 'removed'>('closed');
  const request = useRequest();
  const { pin } = locking;

  if (pin.state === 'impossible') {
    const reason = { 'no-keychain': words.noKeychain, file: words.file, guest: words.guest }[pin.reason];
    return <Banner tone="info">{reason}</Banner>;
  }
  if (stage === 'open') {
    return (
      <PinForm
        shownHere={locking.shown_here}
        onDone={(changed) => {
          onLocking(changed);
          setStage('saved');
        }}
        onCancel={() => setStage('closed')}
      />
    );
  }
  const remove = async () => {
    const result = await request.run(() => api.removePin());
    if (!result?.ok) return;
    onLocking(result.value);
    setStage('removed');
  };
  return (
    <>
      {(stage === 'saved' || stage === 'removed') && (
        <Banner tone="success" role="status">
          {words[stage]}
        </Banner>
      )}
      <FailureBanner failure={request.failure} />
      <div className={styles.buttons}>
        <Button icon="lock" onClick={() => setStage('open')}>
          {pin.state === 'set' ? words.change : words.set}
        </Button>
        {pin.state === 'set' && (
          <Button look="quiet" icon="trash" busy={request.busy} onClick={() => void remove()}>
            {words.remove}
          </Button>
        )}
      </div>
    </>
  );
}

function ShownHere({ locking, onLocking }: LockingPart) {
  const { api } = useServices();
  const { t } = useI18n();
  const request = useRequest();
  return (
    <>
      <CheckField
        label={t.locking.showHere}
        hint={t.locking.showHereHint}
        checked={locking.shown_here}
        onChecked={(shown_here) => {
          void request
            .run(() => api.changeOwnLocking({ shown_here }))
            .then((result) => result?.ok && onLocking(result.value));
        }}
      />
      <FailureBanner failure={request.failure} />
    </>
  );
}
