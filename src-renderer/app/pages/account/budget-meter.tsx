import { useEffect, useState } from 'react';
import type { Budget } from '../../../../src-shared/api/index.ts';
import { datesIn } from '../../i18n/locale.ts';
import { useI18n, useServices } from '../../services.tsx';
import { formatAmount } from '../../ui/amounts.ts';
import { Banner } from '../../ui/banner.tsx';
import styles from './budget-meter.module.css';

/** Below this part of the limit a person is told. */
const LOW = 0.1;

/** How often the notice in the chat is brought up to date, in milliseconds. */
const REFRESH_MS = 60_000;

/** The own budget, asked for when it is shown and, with `refresh`, now and then. Null while nothing is known. */
function useBudget(refresh: boolean): Budget | null {
  const { api } = useServices();
  const [budget, setBudget] = useState<Budget | null>(null);
  useEffect(() => {
    let isWanted = true;
    const ask = async () => {
      const result = await api.budget();
      if (isWanted && result.ok) setBudget(result.value);
    };
    void ask();
    const timer = refresh ? setInterval(() => void ask(), REFRESH_MS) : undefined;
    return () => {
      isWanted = false;
      clearInterval(timer);
    };
  }, [api, refresh]);
  return budget;
}

/** What is left of the own budget, as bars and in words; nothing for people without one. */
export function BudgetMeter() {
  const { t, locale } = useI18n();
  const texts = t.governance.budget;
  const budget = useBudget(false);
  const when = useWhen();
  if (budget === null) return null;
  const rows = [
    {
      name: texts.month,
      allowance: budget.money_this_month,
      show: (value: number) => formatAmount(value, locale),
    },
    {
      name: texts.day,
      allowance: budget.tokens_today,
      show: (value: number) => value.toLocaleString(locale),
    },
  ];
  return rows.map(({ name, allowance, show }) =>
    allowance === null ? null : (
      <div key={name} className={styles.meter}>
        <span>{name}</span>
        <meter
          aria-label={name}
          min={0}
          max={Math.max(1, allowance.limit)}
          low={allowance.limit * LOW}
          optimum={allowance.limit}
          value={allowance.left}
        >
          {texts.left(show(allowance.left), show(allowance.limit))}
        </meter>
        <small>
          {texts.left(show(allowance.left), show(allowance.limit))} ·{' '}
          {texts.renews(when(allowance.renews_at))}
        </small>
      </div>
    ),
  );
}

/** Tells a person in the chat that their budget is nearly used up. @param props.active whether the chat is shown */
export function BudgetNotice({ active }: { active: boolean }) {
  const { t, locale } = useI18n();
  const texts = t.governance.budget;
  const budget = useBudget(active);
  const when = useWhen();
  const isLow = (allowance: Budget['tokens_today']) =>
    allowance !== null && allowance.left < allowance.limit * LOW;
  const { money_this_month: money, tokens_today: tokens } = budget ?? {
    money_this_month: null,
    tokens_today: null,
  };
  if (money !== null && isLow(money)) {
    return (
      <Banner tone="warning" role="status">
        {money.left > 0
          ? texts.low(formatAmount(money.left, locale), when(money.renews_at))
          : texts.used(when(money.renews_at))}
      </Banner>
    );
  }
  if (tokens !== null && isLow(tokens)) {
    return (
      <Banner tone="warning" role="status">
        {tokens.left > 0
          ? texts.lowTokens(tokens.left.toLocaleString(locale), when(tokens.renews_at))
          : texts.usedTokens(when(tokens.renews_at))}
      </Banner>
    );
  }
  return null;
}

/** A moment in the person's own time, as part of a sentence. */
function useWhen(): (iso: string) => string {
  const { locale } = useI18n();
  const format = datesIn(locale, { dateStyle: 'long', timeStyle: 'short' });
  return (iso) =>
    locale === 'fr' ? `le ${format.format(new Date(iso))}` : `on ${format.format(new Date(iso))}`;
}
