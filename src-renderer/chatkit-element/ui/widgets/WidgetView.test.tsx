import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WidgetItem, WidgetRoot } from '../../../../src-shared/chatkit/index.ts';
import { createDiagrams } from '../../diagrams/diagrams.ts';
import { diagramPage } from '../../diagrams/page.ts';
import { languageFor } from '../../i18n/strings.ts';
import { resolveOptions } from '../../options/resolve.ts';
import { Controller } from '../../session/controller.ts';
import { PageContext } from '../context.ts';
import { WidgetView } from './WidgetView.tsx';

vi.mock('../markdown/Markdown.tsx', () => ({
  Markdown: () => {
    throw new Error('cannot be drawn');
  },
}));

const calls: unknown[] = [];
const emitted: [string, unknown][] = [];
const said: string[] = [];
let box: HTMLElement;
let root: Root;
let controller: Controller;
let finish: (error?: Error) => void = () => {};

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const onAction = (action: unknown) => {
    calls.push(action);
    return new Promise<void>((resolve, reject) => {
      finish = (error) => (error === undefined ? resolve() : reject(error));
    });
  };
  controller = new Controller({
    emit: (name, ...detail) => emitted.push([name, detail[0]]),
    options: resolveOptions({ api: { url: '/x', domainKey: 'd' }, locale: 'en', widgets: { onAction } }),
  });
  box = document.createElement('div');
  document.body.append(box);
  root = createRoot(box);
});

afterEach(async () => {
  await act(() => root.unmount());
  controller.dispose();
  box.remove();
  for (const list of [calls, emitted, said]) list.length = 0;
  vi.restoreAllMocks();
});

async function show(widget: WidgetRoot, streaming = false) {
  const item: WidgetItem = {
    type: 'widget',
    id: 'w',
    thread_id: 't',
    created_at: '2026-01-01T00:00:00Z',
    widget,
  };
  const page = {
    controller,
    language: languageFor('en'),
    announce: (text: string) => void said.push(text),
    showShortcuts: () => {},
    diagrams: createDiagrams(diagramPage),
  };
  await act(() =>
    root.render(
      <PageContext value={page}>
        <WidgetView item={item} streaming={streaming} />
      </PageContext>,
    ),
  );
}

const find = <T extends Element>(selector: string): T => {
  const element = box.querySelector<T>(selector);
  if (element === null) throw new Error(`no ${selector}`);
  return element;
};
const click = (selector: string) => act(() => find<HTMLElement>(selector).click());

const client = { type: 'go', handler: 'client' };

describe('a widget', () => {
  it('keeps what is typed while the tree around it changes', async () => {
    const field = { type: 'Input', name: 'note' };
    await show(
      {
        type: 'Card',
        children: [
          { type: 'Text', value: 'a' },
          { ...field, key: 'f' },
        ],
      },
      true,
    );
    const input = find<HTMLInputElement>('input');
    input.value = 'typed';
    await show({
      type: 'Card',
      children: [
        { type: 'Title', value: 'new' },
        { type: 'Text', value: 'ab' },
        { ...field, key: 'f', placeholder: 'Note' },
      ],
    });
    expect(find('input')).toBe(input);
    expect(input.value).toBe('typed');
    expect(input.placeholder).toBe('Note');
  });

  it('draws nodes with the same key each on its own', async () => {
    const twin = (value: string) => ({ type: 'Text', key: 'same', value });
    await show({ type: 'Card', children: [twin('one'), twin('two')] });
    expect(box.textContent).toContain('one');
    expect(box.textContent).toContain('two');
    expect(console.error).not.toHaveBeenCalled();
  });

  it('shows the words of a part that fails, and the rest as it is', async () => {
    await show({
      type: 'Card',
      children: [
        { type: 'Markdown', value: '**words**' },
        { type: 'Button', label: 'Still here' },
      ],
    });
    expect(find('.ckw-unknown').textContent).toBe('**words**');
    expect(find('button').textContent).toBe('Still here');
    expect(emitted.map(([name]) => name)).toEqual(['chatkit.error']);
  });

  it('says nothing of a component that is only half there while it is being written', async () => {
    const half: WidgetRoot = { type: 'Card', children: [{ type: 'Select', name: 'x' }] };
    await show(half, true);
    expect(box.querySelector('.ckw-unknown')).toBeNull();
    await show(half);
    expect(find('.ckw-unknown').textContent).toBe('Not shown here: Select');
  });

  it('stops drawing where nesting has no end', async () => {
    let node: WidgetRoot | { type: string; value?: string; children?: unknown } = {
      type: 'Text',
      value: 'deep',
    };
    for (let depth = 0; depth < 60; depth += 1) node = { type: 'Box', children: [node] };
    await show({ type: 'Card', children: [node] });
    expect(box.textContent).toBe('deep');
    expect(box.querySelectorAll('.ckw-box').length).toBeLessThan(45);
  });

  it('opens a collapsed card at a click', async () => {
    await show({
      type: 'Card',
      collapsed: true,
      status: { text: 'Sent', icon: 'check' },
      children: [{ type: 'Text', value: 'inside' }],
    });
    expect(box.textContent).toBe('Sent');
    await click('[aria-expanded=false]');
    expect(box.textContent).toContain('inside');
  });
});

describe('its actions', () => {
  it('show on the button that they are under way, and run one at a time', async () => {
    await show({ type: 'Card', children: [{ type: 'Button', label: 'Go', onClickAction: client }] });
    await click('.ckw-button');
    expect(find('.ckw-button').getAttribute('aria-busy')).toBe('true');
    await click('.ckw-button');
    expect(calls).toEqual([{ type: 'go' }]);
    await act(async () => finish());
    expect(find('.ckw-button').getAttribute('aria-busy')).toBeNull();
  });

  it('fade the whole card for its confirm button, and say when they fail', async () => {
    await show({ type: 'Card', confirm: { label: 'Yes', action: client }, children: [] });
    await click('.ckw-card-foot .ckw-button');
    expect(find('.ckw').getAttribute('aria-busy')).toBe('true');
    expect(box.querySelector('[inert]')).not.toBeNull();
    await act(async () => finish(new Error('no')));
    expect(box.querySelector('[inert]')).toBeNull();
    expect(find('[role=alert]').textContent).toContain('This could not be done.');
  });

  it('show nothing when they say so', async () => {
    const quiet = { ...client, loadingBehavior: 'none' };
    await show({ type: 'Card', children: [{ type: 'Button', label: 'Go', onClickAction: quiet }] });
    await click('.ckw-button');
    expect(box.querySelector('[aria-busy], [inert]')).toBeNull();
  });

  it('carry the values of the form, and report the fields that meet the payload', async () => {
    await show({
      type: 'Card',
      children: [
        {
          type: 'Form',
          onSubmitAction: { ...client, payload: { id: 1 } },
          children: [
            { type: 'Input', name: 'todo.title', defaultValue: 'Milk' },
            { type: 'Input', name: 'id', defaultValue: '2' },
            { type: 'Checkbox', name: 'done', label: 'Done', defaultChecked: true },
            { type: 'Button', submit: true, label: 'Save' },
          ],
        },
      ],
    });
    await click('.ckw-button');
    expect(calls).toEqual([{ type: 'go', payload: { id: 1, todo: { title: 'Milk' }, done: true } }]);
    expect(emitted).toMatchObject([['chatkit.error', { error: { code: 'configuration' } }]]);
  });

  it('of a changed control carry its new value without any form', async () => {
    await show({
      type: 'Card',
      children: [{ type: 'Checkbox', name: 'a.b', label: 'On', onChangeAction: client }],
    });
    await click('input');
    expect(calls).toEqual([{ type: 'go', payload: { a: { b: true } } }]);
  });
});
