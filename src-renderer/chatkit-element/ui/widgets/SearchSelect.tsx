import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useStrings } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { placeMenu } from '../pickers/place-menu.ts';

/** One choice. */
export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean | null | undefined;
  description?: string | null | undefined;
}

interface SearchSelectProps {
  id: string;
  name: string;
  /** The name of the field for screen readers, unless a label names it. */
  label: string | undefined;
  look: Readonly<Record<`data-${string}`, string | true | undefined>>;
  options: readonly SelectOption[];
  value: string;
  placeholder: string;
  disabled: boolean;
  onChoose(value: string, from: Element): void;
}

/** Lists longer than this are narrowed down by typing. */
const MAX_SHOWN = 200;

/** A list to search in: type to narrow, arrows to move, Enter to choose, Escape to leave it as it was. */
export function SearchSelect(props: SearchSelectProps) {
  const { id, name, label, look, options, value, placeholder, disabled, onChoose } = props;
  const strings = useStrings();
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const open = query !== null;
  const chosen = options.find((option) => option.value === value);
  const words = (query ?? '').trim().toLocaleLowerCase();
  const shown = options.filter(({ label }) => label.toLocaleLowerCase().includes(words)).slice(0, MAX_SHOWN);
  const current = Math.min(active, shown.length - 1);

  // In the top layer: a card would cut it off, and nothing below it moves.
  useLayoutEffect(() => {
    const element = list.current;
    if (!open || element === null) return;
    element.showPopover?.();
    return () => element.hidePopover?.();
  }, [open]);
  useLayoutEffect(() => {
    const element = list.current;
    if (!open || element === null) return;
    const settle = () => {
      if (field.current === null) return;
      element.style.minWidth = `${field.current.offsetWidth}px`;
      placeMenu(element, field.current, { side: 'below', align: 'start' });
    };
    settle();
    const stop = new AbortController();
    document.addEventListener('scroll', settle, { capture: true, passive: true, signal: stop.signal });
    window.addEventListener('resize', settle, { signal: stop.signal });
    return () => stop.abort();
  });

  useEffect(() => {
    if (open) list.current?.children[current]?.scrollIntoView({ block: 'nearest' });
  }, [open, current]);

  function show() {
    if (open || disabled) return;
    setQuery('');
    setActive(Math.max(0, options.indexOf(chosen ?? options[0] ?? { value: '', label: '' })));
  }
  function choose(option: SelectOption | undefined) {
    if (option === undefined || option.disabled === true || field.current === null) return;
    setQuery(null);
    onChoose(option.value, field.current);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (!open) return show();
      setActive((current + step + shown.length) % Math.max(1, shown.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      event.stopPropagation();
      if (open) choose(shown[current]);
      else show();
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      setQuery(null);
    }
  }

  return (
    <span className="ckw-select ckw-search">
      <input type="hidden" name={name} value={value} disabled={disabled} />
      <input
        ref={field}
        id={id}
        type="text"
        role="combobox"
        className="ckw-field"
        {...look}
        value={query ?? chosen?.label ?? ''}
        placeholder={open ? (chosen?.label ?? strings.widgetSearch) : placeholder}
        disabled={disabled}
        autoComplete="off"
        aria-label={label}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && shown.length > 0 ? `${id}-${current}` : undefined}
        onClick={show}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setQuery(null)}
      />
      <Icon name="chevron-down" size={16} />
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={label ?? placeholder}
        popover="manual"
        className="ckw-list"
        hidden={!open}
      >
        {shown.map((option, index) => (
          <div
            key={option.value}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={option.value === value}
            aria-disabled={option.disabled || undefined}
            data-active={index === current || undefined}
            // Before the blur of the field closes the list.
            onPointerDown={(event) => {
              event.preventDefault();
              choose(option);
            }}
          >
            <span dir="auto">{option.label}</span>
            {option.description != null && <small dir="auto">{option.description}</small>}
          </div>
        ))}
        {shown.length === 0 && (
          <div role="option" tabIndex={-1} aria-selected={false} aria-disabled className="ck-muted">
            {strings.widgetNoMatch}
          </div>
        )}
      </div>
    </span>
  );
}
