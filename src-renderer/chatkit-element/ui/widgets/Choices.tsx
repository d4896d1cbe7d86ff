/** Choosing: Select, Checkbox, RadioGroup. */
import { type CSSProperties, useId, useState } from 'react';
import { componentSchemas } from '../../../../src-shared/chatkit/index.ts';
import { fill } from '../../i18n/strings.ts';
import { useStrings } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { IconButton } from '../IconButton.tsx';
import { ariaName } from './Fields.tsx';
import type { PartProps } from './part.ts';
import { readProps } from './props.ts';
import { SearchSelect } from './SearchSelect.tsx';
import { fieldId, RADIO_MARK, runChange, useWidget } from './scope.ts';

/** Above this many options one would rather type than look. */
const SEARCH_FROM = 16;

/** A value that the person changes, and the server as long as the person has not. */
function useValue(given: string): [value: string, set: (value: string) => void] {
  const [own, setOwn] = useState<string | null>(null);
  return [own ?? given, setOwn];
}

/** Options without those whose value came before. */
function distinct<T extends { value: string }>(options: readonly T[]): T[] {
  return [...new Map(options.toReversed().map((option) => [option.value, option])).values()].toReversed();
}

export function Select({ node }: PartProps) {
  const strings = useStrings();
  const widget = useWidget();
  const props = readProps(componentSchemas.Select, node);
  const [value, setValue] = useValue(props?.defaultValue ?? '');
  if (props === null) return null;
  const { name } = props;
  const options = distinct(props.options);
  const label = ariaName(widget.labelled, name, props.placeholder);
  const choose = (next: string, from: Element) => {
    setValue(next);
    runChange(widget, props, next, from);
  };
  const look = {
    'data-variant': props.variant ?? 'outline',
    'data-size': props.size ?? 'md',
    'data-pill': props.pill || undefined,
  };
  const described = options.some(({ description }) => description != null);
  const searchable = props.searchable ?? (options.length >= SEARCH_FROM || described);
  const disabled = props.disabled ?? false;
  const id = fieldId(widget, name);
  const placeholder = props.placeholder ?? strings.widgetChoose;
  const chosen = options.find((option) => option.value === value);
  const known = chosen !== undefined;
  return (
    <span className="ckw-picker" data-block={props.block || undefined}>
      {searchable ? (
        <SearchSelect
          id={id}
          name={name}
          label={label}
          look={look}
          options={options}
          value={value}
          placeholder={placeholder}
          disabled={disabled}
          onChoose={choose}
        />
      ) : (
        <span className="ckw-select">
          <select
            id={id}
            name={name}
            className="ckw-field"
            {...look}
            value={known ? value : ''}
            disabled={disabled}
            aria-label={label}
            data-empty={!known || undefined}
            onChange={(event) => choose(event.currentTarget.value, event.currentTarget)}
          >
            <button type="button">
              <span dir="auto">{chosen?.label ?? placeholder}</span>
            </button>
            {!known && (
              <option value="" disabled hidden>
                {placeholder}
              </option>
            )}
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled ?? false}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon name="chevron-down" size={16} />
        </span>
      )}
      {props.clearable === true && known && !disabled && (
        <IconButton
          icon="close"
          size={14}
          className="ck-small"
          label={fill(strings.widgetClear, { name: props.placeholder ?? name })}
          onClick={(event) => choose('', event.currentTarget)}
        />
      )}
    </span>
  );
}

export function Checkbox({ node }: PartProps) {
  const widget = useWidget();
  const props = readProps(componentSchemas.Checkbox, node);
  if (props === null) return null;
  const { name } = props;
  const label = props.label ?? '';
  return (
    <label className="ckw-check" data-disabled={props.disabled || undefined}>
      <input
        id={fieldId(widget, name)}
        type="checkbox"
        name={name}
        defaultChecked={props.defaultChecked ?? false}
        required={props.required ?? false}
        disabled={props.disabled ?? false}
        aria-label={label === '' ? ariaName(widget.labelled, name, null) : undefined}
        onChange={({ currentTarget }) => runChange(widget, props, currentTarget.checked, currentTarget)}
      />
      {label !== '' && <span dir="auto">{label}</span>}
    </label>
  );
}

export function RadioGroup({ node }: PartProps) {
  const widget = useWidget();
  const group = useId();
  const props = readProps(componentSchemas.RadioGroup, node);
  const [value, setValue] = useValue(props?.defaultValue ?? '');
  if (props === null) return null;
  const { name } = props;
  const style: CSSProperties = { flexDirection: props.direction === 'col' ? 'column' : 'row' };
  const id = fieldId(widget, name);
  return (
    <div
      id={id}
      className="ckw-radios"
      role="radiogroup"
      aria-label={props.ariaLabel ?? ariaName(widget.labelled, name, null)}
      aria-labelledby={props.ariaLabel == null && widget.labelled.has(name) ? `${id}-label` : undefined}
      aria-required={props.required || undefined}
      style={style}
    >
      {distinct(props.options ?? []).map((option) => (
        <label
          key={option.value}
          className="ckw-check"
          data-disabled={props.disabled || option.disabled || undefined}
        >
          <input
            type="radio"
            name={`${name}${RADIO_MARK}${group}`}
            value={option.value}
            checked={value === option.value}
            required={props.required ?? false}
            disabled={props.disabled === true || option.disabled === true}
            onChange={(event) => {
              setValue(option.value);
              runChange(widget, props, option.value, event.currentTarget);
            }}
          />
          <span dir="auto">{option.label}</span>
        </label>
      ))}
    </div>
  );
}
