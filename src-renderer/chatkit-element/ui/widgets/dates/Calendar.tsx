import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { usePage } from '../../context.ts';
import { CalendarHead } from './CalendarHead.tsx';
import { addDays, addMonths, clampDay, dateOf, firstWeekday, placeInWeek, today, weeksOf } from './days.ts';
import { TypedDay } from './TypedDay.tsx';

interface CalendarProps {
  /** The chosen day, or undefined. */
  value: string | undefined;
  min: string | undefined;
  max: string | undefined;
  onChoose(day: string): void;
}

/**
 * One month at a time, which can be chosen; a day can also be typed. Arrow keys go by days and weeks, Page Up and Down by months, with Shift by years, Home and End to
 * the ends of the week. Days out of range can be reached by nothing.
 */
export function Calendar({ value, min, max, onChoose }: CalendarProps) {
  const { language } = usePage();
  const { locale, dir } = language;
  const title = useId();
  const grid = useRef<HTMLTableElement>(null);
  const now = today(new Date());
  const [active, setActive] = useState(() => clampDay(value ?? now, min, max, now));
  const moved = useRef(true);
  const first = firstWeekday(locale);
  const weeks = useMemo(() => weeksOf(active, first), [active, first]);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { calendar: 'gregory', timeZone: 'UTC', ...options });
  const names = { long: format({ weekday: 'long' }), short: format({ weekday: 'narrow' }) };
  const whole = format({ dateStyle: 'full' });
  const number = format({ day: 'numeric' });

  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-day="${active}"]`)?.focus({ preventScroll: true });
  }, [active]);

  const allowed = (day: string) => clampDay(day, min, max, '') === day;
  const go = (day: string) => setActive(clampDay(day, min, max, active));

  function onKeyDown(event: KeyboardEvent) {
    const forward = dir === 'rtl' ? -1 : 1;
    const at = placeInWeek(active, first);
    const steps: Readonly<Record<string, () => string>> = {
      ArrowRight: () => addDays(active, forward),
      ArrowLeft: () => addDays(active, -forward),
      ArrowDown: () => addDays(active, 7),
      ArrowUp: () => addDays(active, -7),
      Home: () => addDays(active, -at),
      End: () => addDays(active, 6 - at),
      PageDown: () => addMonths(active, event.shiftKey ? 12 : 1),
      PageUp: () => addMonths(active, event.shiftKey ? -12 : -1),
    };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    moved.current = true;
    setActive(clampDay(step(), min, max, active));
  }

  return (
    <div className="ckw-calendar">
      <CalendarHead active={active} now={now} min={min} max={max} onGo={go} />
      <p id={title} className="ck-hidden" aria-live="polite">
        {format({ month: 'long', year: 'numeric' }).format(dateOf(active))}
      </p>
      <table ref={grid} aria-labelledby={title} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={day} scope="col" abbr={names.long.format(dateOf(day))}>
                {names.short.format(dateOf(day))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day}>
                  <button
                    type="button"
                    className="ckw-day"
                    data-day={day}
                    data-other={day.slice(0, 7) !== active.slice(0, 7) || undefined}
                    aria-label={whole.format(dateOf(day))}
                    aria-current={day === now ? 'date' : undefined}
                    aria-pressed={day === value}
                    tabIndex={day === active ? 0 : -1}
                    disabled={!allowed(day)}
                    onClick={() => onChoose(day)}
                  >
                    {number.format(dateOf(day))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <TypedDay
        example={clampDay(now, min, max, now)}
        allowed={allowed}
        onShow={setActive}
        onChoose={onChoose}
      />
    </div>
  );
}
