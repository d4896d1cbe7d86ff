import { useId, useState } from 'react';
import { fill } from '../../../i18n/strings.ts';
import { usePage, useStrings } from '../../context.ts';
import { dateOf } from './days.ts';
import { readDay, writtenDay } from './typed-day.ts';

interface TypedDayProps {
  /** The day that stands as an example: one that may be chosen. */
  example: string;
  allowed(day: string): boolean;
  /** A day was typed that may be chosen. */
  onShow(day: string): void;
  onChoose(day: string): void;
}

/** A day by its numbers: shown in the calendar as it is typed, chosen with Enter. */
export function TypedDay({ example, allowed, onShow, onChoose }: TypedDayProps) {
  const { language } = usePage();
  const strings = useStrings();
  const id = useId();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const written = writtenDay(dateOf(example), language.locale);

  function read(typed: string): string | undefined {
    const day = readDay(typed, language.locale);
    return day !== undefined && allowed(day) ? day : undefined;
  }

  return (
    <div className="ckw-typed-day">
      <label htmlFor={id}>{strings.calendarType}</label>
      <input
        id={id}
        type="text"
        className="ckw-field"
        autoComplete="off"
        value={text}
        placeholder={written}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onChange={({ currentTarget: { value } }) => {
          setText(value);
          setWrong(false);
          const day = read(value);
          if (day !== undefined) onShow(day);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          // Not the form around it.
          event.preventDefault();
          const day = read(text);
          if (day === undefined) setWrong(true);
          else onChoose(day);
        }}
      />
      {wrong && (
        <p id={`${id}-wrong`} role="alert">
          {fill(strings.calendarWrong, { example: written })}
        </p>
      )}
    </div>
  );
}
