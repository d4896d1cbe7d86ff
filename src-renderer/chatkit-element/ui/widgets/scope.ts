/** What the parts of a widget share: who carries out actions, in which scheme, inside which form. */
import { createContext, useContext, useState } from 'react';
import type { ActionConfig } from '../../../../src-shared/chatkit/index.ts';
import type { Scheme } from './css-values.ts';

/** What shows that an action is under way: nothing, the control itself, or the whole widget. */
export type Loading = 'none' | 'self' | 'container';

/** An action as the control that starts it sees it. */
export interface ActionStart {
  action: ActionConfig;
  /** What `auto` means for this control. */
  auto: Loading;
  /** Where the action comes from: the form around it gives its values. */
  from: Element;
  /** Values that go along without any form, such as the new value of a changed control. */
  values?: Readonly<Record<string, unknown>> | undefined;
  /** Checks `required` and `pattern` first. */
  validate?: boolean | undefined;
}

/** How far an action is. `from` is the element that started it. */
export type ActionState =
  | { kind: 'idle' }
  | { kind: 'running'; loading: Loading; from: Element }
  /** Not started: the server takes one turn at a time. */
  | { kind: 'refused' }
  | { kind: 'failed'; text: string };

/** One widget on the page. */
export interface WidgetScope {
  /** Unique on the page, for labels and radio groups. */
  id: string;
  /** The widget is still being written. */
  streaming: boolean;
  /** Field names that a `Label` of this widget names. */
  labelled: ReadonlySet<string>;
  state: ActionState;
  run(start: ActionStart): void;
}

/** Starts the action of a control whose value a person has changed, where it has one. */
export function runChange(
  widget: WidgetScope,
  { name, onChangeAction }: { name: string; onChangeAction?: ActionConfig | null | undefined },
  value: unknown,
  from: Element,
): void {
  if (onChangeAction == null) return;
  widget.run({ action: onChangeAction, auto: 'none', from, values: { [name]: value } });
}

export const WidgetScopeContext = createContext<WidgetScope | null>(null);

/** Throws outside of a widget, which is a mistake in this code. */
export function useWidget(): WidgetScope {
  const scope = useContext(WidgetScopeContext);
  if (scope === null) throw new Error('useWidget needs a WidgetScopeContext');
  return scope;
}

/** For a control with an action: a ref for its element, and whether it is this control's action that is under way. */
export function useWorking(): { control: (element: Element | null) => void; working: boolean } {
  const { state } = useWidget();
  const [element, control] = useState<Element | null>(null);
  return {
    control,
    working: state.kind === 'running' && state.loading === 'self' && state.from === element,
  };
}

/** The colour scheme that applies here: the page's, or that of the card. */
export const SchemeContext = createContext<Scheme>('light');

export function useScheme(): Scheme {
  return useContext(SchemeContext);
}

/** The form that a control stands in, when there is one: submits it, from the control that asked. */
export interface FormScope {
  submit(from: Element): void;
}

export const FormContext = createContext<FormScope | null>(null);

/** Marks the element whose named controls belong together. */
export const FORM_MARK = 'data-ckw-form';

/** The id of the control for a field name, for `Label`. */
export function fieldId(scope: WidgetScope, name: string): string {
  return `${scope.id}-${name.replace(/[^\w-]/g, '_')}`;
}

/** Stands between a field's name and what makes it unique: radio buttons of two widgets must not be one group. */
export const RADIO_MARK = '\u0000';
