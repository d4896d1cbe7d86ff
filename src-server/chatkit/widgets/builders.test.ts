import { describe, expect, it } from 'vitest';
import { componentSchemas, type WidgetRoot, widgetRootSchema } from '../../../src-shared/chatkit/index.ts';
import { isTooDeep } from '../depth.ts';
import * as builders from './builders.ts';
import {
  action,
  button,
  card,
  checkbox,
  col,
  form,
  listView,
  listViewItem,
  text,
  transition,
} from './builders.ts';

describe('widget builders', () => {
  it('make widgets as they travel, with the defaults of actions', () => {
    const widget = card({ size: 'sm', confirm: { label: 'OK', action: action('save', { id: 1 }) } }, [
      text({ value: 'Hello', id: 't', streaming: true }),
      false,
      null,
      transition({}, col({ gap: 2 }, [button({ label: 'Go', onClickAction: { type: 'go' } })])),
    ]);
    expect(widget).toEqual({
      type: 'Card',
      size: 'sm',
      confirm: {
        label: 'OK',
        action: {
          type: 'save',
          payload: { id: 1 },
          handler: 'server',
          loadingBehavior: 'auto',
          streaming: true,
        },
      },
      children: [
        { type: 'Text', value: 'Hello', id: 't', streaming: true },
        {
          type: 'Transition',
          children: {
            type: 'Col',
            gap: 2,
            children: [
              {
                type: 'Button',
                label: 'Go',
                onClickAction: { type: 'go', handler: 'server', loadingBehavior: 'auto', streaming: true },
              },
            ],
          },
        },
      ],
    });
    expect(widgetRootSchema.parse(widget)).toEqual(widget);
  });

  it('are there for every component', () => {
    const names = Object.keys(builders).map((name) => name.toLowerCase());
    const missing = Object.keys(componentSchemas).filter(
      (type) => !names.includes(type.replace('.', '').toLowerCase()),
    );
    expect(missing).toEqual([]);
  });

  it('refuse props that a component does not have, where they are written', () => {
    const wrong = { value: 'x', size: 'enormous' } as unknown as Parameters<typeof text>[0];
    expect(() => text(wrong)).toThrow();
    expect(() =>
      checkbox({ name: 'a', colour: 'red' } as unknown as Parameters<typeof checkbox>[0]),
    ).toThrow();
  });
});

describe('a widget from anywhere', () => {
  it('keeps what it does not know as it is, below and beside what it knows', () => {
    const widget = {
      type: 'Card',
      children: [
        { type: 'Hologram', onClickAction: { type: 'x' } },
        { type: 'Button', onClickAction: { type: 'y' }, sparkle: true },
        'not a node',
      ],
    };
    expect(widgetRootSchema.parse(widget)).toEqual(widget);
  });

  it('may be nested without end', () => {
    let node: object = { type: 'Text', value: 'deep' };
    for (let depth = 0; depth < 5_000; depth += 1) node = { type: 'Box', children: [node] };
    expect(widgetRootSchema.safeParse({ type: 'Card', children: [node] }).success).toBe(true);
  });

  it.each([60, 65, 96])(
    'gives a node below %d others its defaults, as every widget that may be sent',
    (levels) => {
      const button = { type: 'Button', label: 'deep', onClickAction: { type: 'open' } };
      let node: object = button;
      for (let level = 0; level < levels; level += 1) node = { type: 'Transition', children: node };
      const root = { type: 'Card', children: [node] } as WidgetRoot;
      expect(isTooDeep(root)).toBe(false);
      let found: unknown = (widgetRootSchema.parse(root).children as unknown[])[0];
      for (let level = 0; level < levels; level += 1) found = (found as { children: unknown }).children;
      const shallow = widgetRootSchema.parse({ type: 'Card', children: [button] });
      expect(found).toEqual((shallow.children as unknown[])[0]);
      expect(found).not.toEqual(button);
    },
  );

  it('has one of three types at its root', () => {
    expect(widgetRootSchema.safeParse({ type: 'Row', children: [] }).success).toBe(false);
    expect(listView({}, [listViewItem({ onClickAction: action('open') }, [form({}, [])])]).type).toBe(
      'ListView',
    );
  });
});
