/** What people filled in, and how it joins the payload of an action (protocol §7.2). */
import { RADIO_MARK } from './scope.ts';

const CONTROLS = 'input[name], select[name], textarea[name]';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function controls(container: Element): Control[] {
  return [...container.querySelectorAll<Control>(CONTROLS)].filter((control) => !control.disabled);
}

/** The value of each named control inside `container`: whether a box is checked, the text of everything else. */
export function collectValues(container: Element): Record<string, unknown> {
  const values: [string, unknown][] = [];
  for (const control of controls(container)) {
    if (control.type === 'radio') {
      if (!(control instanceof HTMLInputElement) || !control.checked) continue;
      const [name = ''] = control.name.split(RADIO_MARK);
      values.push([name, control.value]);
    } else if (control.type === 'checkbox' && control instanceof HTMLInputElement) {
      values.push([control.name, control.checked]);
    } else {
      values.push([control.name, control.value]);
    }
  }
  return Object.fromEntries(values);
}

/**
 * Checks the native rules (`required`, `pattern`, `type`) of every control. The first one that is not right gets the
 * browser's own message and the focus; false then.
 */
export function reportValidity(container: Element): boolean {
  const wrong = controls(container).find((control) => !control.checkValidity());
  wrong?.reportValidity();
  return wrong === undefined;
}

const UNSAFE: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** A payload with the form's values, and the names of the values that had no place in it. */
export interface MergedPayload {
  payload: unknown;
  /** Field names that meet a key of the payload: the payload wins. */
  collisions: string[];
}

/** Puts form values into the payload of an action; dots in a name make objects (`todo.title`). */
export function mergePayload(payload: unknown, values: Readonly<Record<string, unknown>>): MergedPayload {
  const names = Object.keys(values);
  if (names.length === 0) return { payload, collisions: [] };
  if (payload !== undefined && payload !== null && !isPlainObject(payload)) {
    return { payload, collisions: names };
  }
  const merged = isPlainObject(payload) ? structuredClone(payload) : {};
  const collisions = names.filter((name) => !place(merged, name.split('.'), values[name]));
  return { payload: merged, collisions };
}

function place(target: Record<string, unknown>, path: readonly string[], value: unknown): boolean {
  const [key = '', ...rest] = path;
  if (key === '' || UNSAFE.has(key)) return false;
  if (rest.length === 0) {
    if (Object.hasOwn(target, key)) return false;
    target[key] = value;
    return true;
  }
  if (!Object.hasOwn(target, key)) target[key] = {};
  const inner = target[key];
  return isPlainObject(inner) && place(inner, rest, value);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
