import { useEffect, useId, useRef, useState } from 'react';
import type { ConnectionInfo, ConnectionTest, OfferedModel } from '../../../../src-shared/api/index.ts';
import type { ApiFailure } from '../../api/failure.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { datesIn } from '../../i18n/locale.ts';
import { useServices } from '../../services.tsx';
import { formatAmount } from '../../ui/amounts.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import styles from './connections.module.css';

export type ConnectionAction = 'edit' | 'key' | 'models' | 'delete';

type TestState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly test: ConnectionTest }
  | { readonly kind: 'failed'; readonly failure: ApiFailure };

/** One connection: what is known about it, a test, and the ways to change it. */
export function ConnectionCard(props: {
  connection: ConnectionInfo;
  onAction: (action: ConnectionAction) => void;
  /** Called when a test has ended, which the server remembers. */
  onTested: () => void;
}) {
  const { connection, onAction } = props;
  const { t, locale } = useFullI18n();
  const texts = t.governance.connections;
  const headingId = useId();
  const { state, start, stop } = useConnectionTest(connection.id, props.onTested);
  const name = connection.built_in ? texts.builtIn : connection.name;
  const times = datesIn(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const time = (iso: string | null) =>
    iso === null ? texts.never : <time dateTime={iso}>{times.format(new Date(iso))}</time>;
  const label = (action: string) => ({ 'aria-label': texts.of(action, name) });
  const lastOutcome = connection.test_outcome;

  return (
    <section className={styles.card} aria-labelledby={headingId}>
      <header className={styles.head}>
        <div>
          <h2 id={headingId}>{name}</h2>
          <p className={styles.address}>{connection.base_url}</p>
        </div>
        {!connection.enabled && (
          <span className={styles.badge}>{connection.built_in ? texts.guide : texts.off}</span>
        )}
      </header>
      {connection.built_in && <p className={styles.hint}>{texts.builtInHint}</p>}
      <dl className={styles.facts}>
        <div>
          <dt>{texts.key}</dt>
          <dd>{texts.keyState[connection.key]}</dd>
        </div>
        <div>
          <dt>{texts.lastUsed}</dt>
          <dd>{time(connection.last_used_at)}</dd>
        </div>
        <div>
          <dt>{texts.lastTest}</dt>
          <dd>
            {time(connection.tested_at)}
            {lastOutcome !== null && <span className={styles.outcome}>{texts.outcome[lastOutcome]}</span>}
          </dd>
        </div>
      </dl>
      <ModelList models={connection.models} />
      {state.kind === 'done' && (
        <Banner tone={state.test.outcome === 'ok' ? 'success' : 'warning'} role="status">
          {texts.outcome[state.test.outcome]} {texts.tookMs(state.test.milliseconds.toLocaleString(locale))}{' '}
          {state.test.outcome === 'ok' && texts.found(state.test.found.length.toLocaleString(locale))}
        </Banner>
      )}
      {state.kind === 'failed' && <FailureBanner failure={state.failure} />}
      <div className={styles.actions}>
        <Button icon="reload" busy={state.kind === 'running'} onClick={start} {...label(texts.test)}>
          {state.kind === 'running' ? texts.testing : texts.test}
        </Button>
        {state.kind === 'running' && (
          <Button look="quiet" onClick={stop} {...label(texts.stop)}>
            {texts.stop}
          </Button>
        )}
        <Button icon="cube" onClick={() => onAction('models')} {...label(texts.editModels)}>
          {texts.editModels}
        </Button>
        {!connection.built_in && (
          <>
            <Button icon="key" onClick={() => onAction('key')} {...label(texts.changeKey)}>
              {texts.changeKey}
            </Button>
            <Button icon="sliders" onClick={() => onAction('edit')} {...label(texts.edit)}>
              {texts.edit}
            </Button>
            <Button look="quiet" icon="trash" onClick={() => onAction('delete')} {...label(texts.remove)}>
              {texts.remove}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}

function ModelList({ models }: { models: readonly OfferedModel[] }) {
  const { t, locale } = useFullI18n();
  const texts = t.governance.connections;
  if (models.length === 0) return <p className={styles.hint}>{texts.noModels}</p>;
  return (
    <table className={styles.models}>
      <thead>
        <tr>
          <th scope="col">{texts.models}</th>
          <th scope="col">{texts.modelForm.input}</th>
          <th scope="col">{texts.modelForm.cached}</th>
          <th scope="col">{texts.modelForm.output}</th>
        </tr>
      </thead>
      <tbody>
        {models.map((model) => (
          <tr key={model.id}>
            <th scope="row">
              {model.label === '' ? model.id : model.label}
              {model.label !== '' && model.label !== model.id && <small>{model.id}</small>}
            </th>
            {[model.input_price, model.cached_price, model.output_price].map((price, index) => (
              <td key={PRICE_KEYS[index]}>
                {price === null ? (
                  <span className={styles.none}>{index === 1 ? '–' : texts.noPrice}</span>
                ) : (
                  formatAmount(price, locale)
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const PRICE_KEYS = ['input', 'cached', 'output'] as const;

/** A test that can be stopped, and that stops when the page is left. */
function useConnectionTest(id: string, onTested: () => void) {
  const { api } = useServices();
  const [state, setState] = useState<TestState>({ kind: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  return {
    state,
    start: () => {
      const controller = new AbortController();
      running.current = controller;
      setState({ kind: 'running' });
      void api.governance.testConnection(id, controller.signal).then((result) => {
        if (controller.signal.aborted) return;
        setState(
          result.ok ? { kind: 'done', test: result.value } : { kind: 'failed', failure: result.failure },
        );
        if (result.ok) onTested();
      });
    },
    stop: () => {
      running.current?.abort();
      setState({ kind: 'idle' });
    },
  };
}
