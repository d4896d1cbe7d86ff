import { type CSSProperties, useEffect, useId, useRef } from 'react';
import { fieldId, useWidget } from './scope.ts';

/** How a field behaves while it is typed in. */
export interface Typing {
  name: string;
  autoComplete?: string | null | undefined;
  allowAutofillExtensions?: boolean | null | undefined;
  autoSelect?: boolean | null | undefined;
  autoFocus?: boolean | null | undefined;
  pattern?: string | null | undefined;
  placeholder?: string | null | undefined;
  required?: boolean | null | undefined;
}

/** A pattern that the browser can use; others would be an error in its console and no rule at all. */
function usablePattern(pattern: string | null | undefined): string | undefined {
  if (pattern == null || pattern.length > 500) return undefined;
  try {
    new RegExp(pattern, 'v');
    return pattern;
  } catch {
    return undefined;
  }
}

/** The attributes that all typing fields share. */
export function typingAttributes(props: Typing) {
  const quiet = props.allowAutofillExtensions !== true;
  return {
    name: props.name,
    placeholder: props.placeholder ?? undefined,
    required: props.required ?? false,
    autoComplete: props.autoComplete ?? (quiet ? 'off' : undefined),
    ...(quiet ? { 'data-1p-ignore': '', 'data-lpignore': 'true', 'data-bwignore': '' } : {}),
    dir: 'auto' as const,
    onFocus: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
      if (props.autoSelect === true) event.currentTarget.select();
    },
  };
}

/** `pattern` for an input; a text area has none. */
export function patternAttribute(props: Typing) {
  return { pattern: usablePattern(props.pattern) };
}

/**
 * Gives a field the focus when it appears, unless the person is busy elsewhere: a card that arrives while somebody
 * types must not take the words away.
 */
export function useAutoFocus<T extends HTMLElement>(wanted: boolean) {
  const field = useRef<T>(null);
  useEffect(() => {
    if (!wanted || field.current === null) return;
    const root = field.current.getRootNode();
    const active = root instanceof ShadowRoot ? root.activeElement : document.activeElement;
    const elsewhere = active !== null && active !== document.body && !active.classList.contains('ck');
    if (!elsewhere && document.hasFocus()) field.current.focus({ preventScroll: true });
  }, [wanted]);
  return field;
}

interface EditableTextProps {
  editable: Typing;
  value: string;
  size: string;
  /** Several lines; undefined for one. */
  rows: number | undefined;
  style: CSSProperties;
}

/** Text that looks like text and can be changed where it stands. */
export function EditableText({ editable, value, size, rows, style }: EditableTextProps) {
  const widget = useWidget();
  const fallback = useId();
  const input = useAutoFocus<HTMLInputElement>(editable.autoFocus === true);
  const area = useAutoFocus<HTMLTextAreaElement>(editable.autoFocus === true);
  const shared = {
    ...typingAttributes(editable),
    id: editable.name === '' ? fallback : fieldId(widget, editable.name),
    'aria-label': editable.placeholder ?? editable.name,
    className: 'ckw-editable',
    'data-size': size,
    defaultValue: value,
    style,
  };
  if (rows !== undefined) return <textarea {...shared} ref={area} rows={rows} />;
  return <input {...shared} {...patternAttribute(editable)} ref={input} type="text" />;
}
