/** Fields to type in: Input, Textarea, DatePicker. */
import { useRef, useState } from 'react';
import { componentSchemas } from '../../../../src-shared/chatkit/index.ts';
import { fill } from '../../i18n/strings.ts';
import { useStrings } from '../context.ts';
import { IconButton } from '../IconButton.tsx';
import { patternAttribute, typingAttributes, useAutoFocus } from './EditableText.tsx';
import type { PartProps } from './part.ts';
import { readProps } from './props.ts';
import { fieldId, runChange, useWidget } from './scope.ts';

export function Input({ node }: PartProps) {
  const widget = useWidget();
  const props = readProps(componentSchemas.Input, node);
  const field = useAutoFocus<HTMLInputElement>(props?.autoFocus === true);
  if (props === null) return null;
  return (
    <input
      {...typingAttributes(props)}
      {...patternAttribute(props)}
      ref={field}
      id={fieldId(widget, props.name)}
      type={props.inputType ?? 'text'}
      className="ckw-field"
      data-variant={props.variant ?? 'outline'}
      data-size={props.size ?? 'md'}
      data-gutter={props.gutterSize ?? undefined}
      data-pill={props.pill || undefined}
      defaultValue={props.defaultValue ?? ''}
      disabled={props.disabled ?? false}
      aria-label={ariaName(widget.labelled, props.name, props.placeholder)}
    />
  );
}

const MAX_ROWS = 40;

export function Textarea({ node }: PartProps) {
  const widget = useWidget();
  const props = readProps(componentSchemas.Textarea, node);
  const field = useAutoFocus<HTMLTextAreaElement>(props?.autoFocus === true);
  if (props === null) return null;
  const rows = Math.min(Math.max(props.rows ?? 3, 1), MAX_ROWS);
  const most = props.maxRows == null ? MAX_ROWS : Math.min(Math.max(props.maxRows, rows), MAX_ROWS);
  const grow = props.autoResize === true;
  return (
    <textarea
      {...typingAttributes(props)}
      ref={field}
      id={fieldId(widget, props.name)}
      className="ckw-field ckw-area"
      data-variant={props.variant ?? 'outline'}
      data-size={props.size ?? 'md'}
      data-gutter={props.gutterSize ?? undefined}
      data-grow={grow || undefined}
      style={grow ? { maxHeight: `calc(${most}lh + 20px)`, minHeight: `calc(${rows}lh + 20px)` } : undefined}
      rows={rows}
      defaultValue={props.defaultValue ?? ''}
      disabled={props.disabled ?? false}
      aria-label={ariaName(widget.labelled, props.name, props.placeholder)}
      onInput={(event) => {
        if (grow && !CSS.supports?.('field-sizing', 'content')) resize(event.currentTarget);
      }}
    />
  );
}

function resize(area: HTMLTextAreaElement) {
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight + 2}px`;
}

/** The day of an ISO date or time, as a date field has it. */
function day(iso: string | null | undefined): string | undefined {
  const match = /^\d{4}-\d{2}-\d{2}/.exec(iso ?? '');
  return match?.[0];
}

/** A day, chosen with the browser's own calendar; travels as `YYYY-MM-DD`. */
export function DatePicker({ node }: PartProps) {
  const strings = useStrings();
  const widget = useWidget();
  const field = useRef<HTMLInputElement>(null);
  const props = readProps(componentSchemas.DatePicker, node);
  const [empty, setEmpty] = useState(day(props?.defaultValue) === undefined);
  if (props === null) return null;
  const { name } = props;
  const label = ariaName(widget.labelled, name, props.placeholder);
  const changed = (from: HTMLInputElement) => {
    setEmpty(from.value === '');
    runChange(widget, props, from.value, from);
  };
  return (
    <span className="ckw-picker" data-block={props.block || undefined}>
      <input
        ref={field}
        id={fieldId(widget, name)}
        type="date"
        name={name}
        className="ckw-field"
        data-variant={props.variant ?? 'outline'}
        data-size={props.size ?? 'md'}
        data-pill={props.pill || undefined}
        defaultValue={day(props.defaultValue)}
        min={day(props.min)}
        max={day(props.max)}
        disabled={props.disabled ?? false}
        aria-label={label}
        title={props.placeholder ?? undefined}
        onChange={(event) => changed(event.currentTarget)}
      />
      {props.clearable === true && (
        <IconButton
          icon="close"
          size={14}
          className={empty ? 'ck-small ckw-nothing' : 'ck-small'}
          label={fill(strings.widgetClear, { name: props.placeholder ?? name })}
          onClick={() => {
            if (field.current === null || field.current.value === '') return;
            field.current.value = '';
            field.current.focus();
            changed(field.current);
          }}
        />
      )}
    </span>
  );
}

/** The name of a field that no `Label` names. */
export function ariaName(
  labelled: ReadonlySet<string>,
  name: string,
  placeholder: string | null | undefined,
): string | undefined {
  return labelled.has(name) ? undefined : (placeholder ?? name);
}
