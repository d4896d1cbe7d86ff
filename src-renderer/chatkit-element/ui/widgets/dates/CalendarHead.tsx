import type { KeyboardEvent, ReactNode } from 'react';
import { usePage, useStrings } from '../../context.ts';
import { Icon } from '../../Icon.tsx';
import { IconButton } from '../../IconButton.tsx';
import { addDays, addMonths, dateOf } from './days.ts';

/** How far the years go where nothing limits them: back for birthdays, ahead for plans. */
const YEARS_BACK = 120;
const YEARS_AHEAD = 30;

interface CalendarHeadProps {
  /** The day whose month is shown. */
  active: string;
  now: string;
  min: string | undefined;
  max: string | undefined;
  /** Goes to the month of this day, as near as the range allows. */
  onGo(day: string): void;
}

/** The month and the year that are shown, each to be chosen, between the ways to the months beside it. */
export function CalendarHead({ active, now, min, max, onGo }: CalendarHeadProps) {
  const { language } = usePage();
  const strings = useStrings();
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language.locale, { calendar: 'gregory', timeZone: 'UTC', ...options });
  const year = Number(active.slice(0, 4));
  /** Whether the month of this day has any day to choose. */
  const reaches = (day: string) => {
    const start = `${day.slice(0, 8)}01`;
    return start <= (max ?? '9999-12-31') && addDays(addMonths(start, 1), -1) >= (min ?? '0001-01-01');
  };
  const months = Array.from({ length: 12 }, (_, at) => addMonths(`${active.slice(0, 4)}-01-01`, at));
  const thisYear = Number(now.slice(0, 4));
  const firstYear =
    min === undefined ? Math.max(1, Math.min(year, thisYear - YEARS_BACK)) : Number(min.slice(0, 4));
  const lastYear =
    max === undefined ? Math.min(9999, Math.max(year, thisYear + YEARS_AHEAD)) : Number(max.slice(0, 4));
  const years = Array.from({ length: Math.max(1, lastYear - firstYear + 1) }, (_, at) => firstYear + at);
  const monthName = format({ month: 'long' });
  const yearName = format({ year: 'numeric' });
  const beside = (months: number) => addMonths(active, months);

  const choices: Readonly<Record<'month' | 'year', ReactNode>> = {
    month: (
      <Choice
        key="month"
        label={strings.calendarMonth}
        value={Number(active.slice(5, 7)) - 1}
        options={months.map((day, at) => ({
          value: at,
          label: monthName.format(dateOf(day)),
          disabled: !reaches(day),
        }))}
        onChoose={(at) => onGo(addMonths(active, at + 1 - Number(active.slice(5, 7))))}
      />
    ),
    year: (
      <Choice
        key="year"
        label={strings.calendarYear}
        value={year}
        options={years.map((value) => ({
          value,
          label: yearName.format(dateOf(`${String(value).padStart(4, '0')}-07-01`)),
          disabled: false,
        }))}
        onChoose={(value) => onGo(addMonths(active, (value - year) * 12))}
      />
    ),
  };
  const order = format({ month: 'long', year: 'numeric' })
    .formatToParts(0)
    .flatMap(({ type }) => (type === 'month' || type === 'year' ? [type] : []));

  return (
    <div className="ckw-calendar-head">
      <IconButton
        icon="chevron-left"
        label={strings.previousMonth}
        size={16}
        className="ck-small"
        disabled={!reaches(beside(-1))}
        onClick={() => onGo(beside(-1))}
      />
      {order.map((part) => choices[part])}
      <IconButton
        icon="chevron-right"
        label={strings.nextMonth}
        size={16}
        className="ck-small"
        disabled={!reaches(beside(1))}
        onClick={() => onGo(beside(1))}
      />
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: number;
  options: readonly { value: number; label: string; disabled: boolean }[];
  onChoose(value: number): void;
}

function Choice({ label, value, options, onChoose }: ChoiceProps) {
  return (
    <span className="ckw-select">
      <select
        className="ckw-field"
        data-size="sm"
        data-variant="ghost"
        aria-label={label}
        value={value}
        onChange={(event) => onChoose(Number(event.currentTarget.value))}
        onKeyDown={keepEscape}
      >
        <button type="button">
          <span>{options.find((option) => option.value === value)?.label}</span>
        </button>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" size={14} />
    </span>
  );
}

/** Escape closes an open list, and only the next one the calendar. */
function keepEscape(event: KeyboardEvent<HTMLSelectElement>) {
  if (event.key !== 'Escape' || !CSS.supports('selector(:open)')) return;
  if (event.currentTarget.matches(':open')) event.stopPropagation();
}
