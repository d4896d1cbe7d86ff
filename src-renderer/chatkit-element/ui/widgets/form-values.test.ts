import { beforeEach, describe, expect, it } from 'vitest';
import { collectValues, mergePayload, reportValidity } from './form-values.ts';
import { RADIO_MARK } from './scope.ts';

describe('what people filled in', () => {
  beforeEach(() => {
    document.body.innerHTML = '';
  });

  function form(html: string): HTMLElement {
    const box = document.createElement('div');
    box.innerHTML = html;
    document.body.append(box);
    return box;
  }

  it('is the text of fields, the state of boxes and the chosen radio', () => {
    const box = form(`
      <input name="a" value="1"><textarea name="b">two</textarea><input type="checkbox" name="c" checked>
      <input type="checkbox" name="d"><select name="e"><option value="x" selected>X</option></select>
      <input value="nameless"><input name="off" value="1" disabled>
      <input type="radio" name="f" value="1"><input type="radio" name="f" value="2" checked>`);
    for (const radio of box.querySelectorAll<HTMLInputElement>('[type=radio]'))
      radio.name = `f${RADIO_MARK}g1`;
    expect(collectValues(box)).toEqual({ a: '1', b: 'two', c: true, d: false, e: 'x', f: '2' });
  });

  it('is checked by the rules of the browser', () => {
    const box = form('<input name="a" required value=""><input name="b" value="">');
    expect(reportValidity(box)).toBe(false);
    box.querySelector('input')?.setAttribute('value', 'x');
    expect(reportValidity(box)).toBe(true);
  });
});

describe('merging into the payload', () => {
  it('nests dotted names and leaves the payload as it was', () => {
    const payload = { id: 7, todo: { done: false } };
    const merged = mergePayload(payload, { 'todo.title': 'Buy milk', plain: 'x', 'a.b.c': 1 });
    expect(merged).toEqual({
      payload: { id: 7, todo: { done: false, title: 'Buy milk' }, plain: 'x', a: { b: { c: 1 } } },
      collisions: [],
    });
    expect(payload).toEqual({ id: 7, todo: { done: false } });
  });

  it('lets the payload win and names the values that had no place', () => {
    const merged = mergePayload({ id: 7, text: 'x' }, { id: '8', 'text.more': 'y', ok: 'z' });
    expect(merged).toEqual({ payload: { id: 7, text: 'x', ok: 'z' }, collisions: ['id', 'text.more'] });
  });

  it('touches no payload that is not an object', () => {
    expect(mergePayload([1], { a: 'x' })).toEqual({ payload: [1], collisions: ['a'] });
    expect(mergePayload('text', {})).toEqual({ payload: 'text', collisions: [] });
    expect(mergePayload(undefined, {})).toEqual({ payload: undefined, collisions: [] });
    expect(mergePayload(null, { a: 'x' })).toEqual({ payload: { a: 'x' }, collisions: [] });
  });

  it('writes to no prototype', () => {
    const { payload, collisions } = mergePayload(
      {},
      { '__proto__.polluted': 'yes', 'constructor.x': 'y', '': 'z' },
    );
    expect(payload).toEqual({});
    expect(collisions).toHaveLength(3);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });
});
