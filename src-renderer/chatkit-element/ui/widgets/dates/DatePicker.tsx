import { useId, useRef, useState } from 'react';
import { componentSchemas } from '../../../../../src-shared/chatkit/index.ts';
import { fill } from '../../../i18n/strings.ts';
import { usePage, useStrings } from '../../context.ts';
import { Icon } from '../../Icon.tsx';
import { IconButton } from '../../IconButton.tsx';
import { ariaName } from '../Fields.tsx';
import { Floating } from '../Floating.tsx';
import type { PartProps } from '../part.ts';
import { readProps } from '../props.ts';
import { fieldId, runChange, useWidget } from '../scope.ts';
import { Calendar } from './Calendar.tsx';
import { dateOf, dayOf } from './days.ts';

/** A day, written as the person's language writes it and chosen in a calendar; travels as `YYYY-MM-DD`. */
export function DatePicker({ node }: PartProps) {
  const { language } = usePage();
  const strings = useStrings();
  const widget = useWidget();
  const button = useRef<HTMLButtonElement>(null);
  const shown = useId();
  const [own, setOwn] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const props = readProps(componentSchemas.DatePicker, node);
  if (props === null) return null;
  const { name } = props;
  const disabled = props.disabled === true;
  const value = own ?? dayOf(props.defaultValue) ?? '';
  const id = fieldId(widget, name);
  const label = ariaName(widget.labelled, name, props.placeholder);
  const text =
    value === ''
      ? (props.placeholder ?? strings.widgetChoose)
      : new Intl.DateTimeFormat(language.locale, {
          calendar: 'gregory',
          dateStyle: 'medium',
          timeZone: 'UTC',
        }).format(dateOf(value));

  function choose(day: string) {
    setOwn(day);
    setOpen(false);
    button.current?.focus();
    if (button.current !== null && day !== value) runChange(widget, props ?? { name }, day, button.current);
  }

  return (
    <span className="ckw-picker" data-block={props.block || undefined}>
      <input type="hidden" name={name} value={value} disabled={disabled} />
      <button
        ref={button}
        id={id}
        type="button"
        className="ckw-field ckw-date"
        data-variant={props.variant ?? 'outline'}
        data-size={props.size ?? 'md'}
        data-pill={props.pill || undefined}
        data-empty={value === '' || undefined}
        disabled={disabled}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={label === undefined || value === '' ? label : `${label}, ${text}`}
        aria-labelledby={label === undefined ? `${id}-label ${shown}` : undefined}
        onClick={() => setOpen(!open)}
      >
        <span id={shown} dir="auto">
          {text}
        </span>
        <Icon name="calendar" size={16} />
      </button>
      {props.clearable === true && value !== '' && !disabled && (
        <IconButton
          icon="close"
          size={14}
          className="ck-small"
          label={fill(strings.widgetClear, { name: props.placeholder ?? name })}
          onClick={() => choose('')}
        />
      )}
      {open && !disabled && (
        <Floating
          anchor={button}
          label={label ?? props.placeholder ?? name}
          side={props.side === 'top' ? 'above' : 'below'}
          align={props.align ?? 'start'}
          onClose={() => setOpen(false)}
        >
          <Calendar
            value={value === '' ? undefined : value}
            min={dayOf(props.min)}
            max={dayOf(props.max)}
            onChoose={choose}
          />
        </Floating>
      )}
    </span>
  );
}
