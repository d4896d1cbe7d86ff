import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { onTestFinished, vi } from 'vitest';
import { switchingIn } from '../locking/switching.ts';
import { createPreferencesStore } from '../preferences/preferences-store.ts';
import { type Services, ServicesProvider } from '../services.tsx';
import { createSessionStore } from '../session/session.ts';
import { fakeApi } from './fake-api.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

/** Renders a part of the app in English on fake services, until the test is over. */
export async function render(ui: ReactNode, overrides: Partial<Services> = {}) {
  const services: Services = {
    api: fakeApi(),
    session: createSessionStore(() => window.location.pathname),
    switching: switchingIn(window.sessionStorage),
    locking: { lock: vi.fn(async () => undefined) },
    preferences: createPreferencesStore(document, ['en']),
    desktop: undefined,
    setupToken: null,
    ...overrides,
  };
  const host = document.createElement('div');
  document.body.append(host);
  const root = createRoot(host);
  onTestFinished(async () => {
    await act(async () => root.unmount());
    host.remove();
  });
  await act(async () => root.render(<ServicesProvider services={services}>{ui}</ServicesProvider>));
  return services;
}

/** The first element that matches and whose text contains `text`. @throws {Error} when there is none */
export function find<T extends HTMLElement = HTMLElement>(selector: string, text = ''): T {
  const found = [...document.querySelectorAll<T>(selector)].find((element) =>
    (element.textContent + (element.getAttribute('aria-label') ?? '')).includes(text),
  );
  if (found === undefined) throw new Error(`no ${selector} with "${text}" in: ${document.body.textContent}`);
  return found;
}

/** The control that a label belongs to. */
export function field(label: string): HTMLInputElement {
  const id = find<HTMLLabelElement>('label[for]', label).htmlFor;
  const control = document.getElementById(id);
  if (control === null) throw new Error(`the label "${label}" belongs to nothing`);
  return control as HTMLInputElement;
}

/** What assistive technology reads as the description of a control. */
export function descriptionOf(control: HTMLElement): string {
  const ids = control.getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
}

/** Clicks, and waits for what menus do a frame later. */
export async function click(element: HTMLElement): Promise<void> {
  await act(async () => {
    element.click();
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
}

/** Types over what a field holds. */
export async function type(control: HTMLInputElement | HTMLTextAreaElement, text: string): Promise<void> {
  const prototype =
    control instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  await act(async () => {
    // React watches the value property of the element itself; only the prototype's setter gets past it.
    Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(control, text);
    control.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

export async function submit(): Promise<void> {
  await act(async () => find<HTMLFormElement>('form').requestSubmit());
}
