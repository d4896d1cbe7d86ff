import { describe, expect, it } from 'vitest';
import { createPlaces } from './places.ts';

const place = (toEnd: number) => ({ item: 'a', offset: -20, toEnd });

describe('places in threads', () => {
  it('are kept by thread until somebody is at the end again', () => {
    const places = createPlaces();
    places.set('thr_1', place(12));
    places.set(null, place(3));
    expect(places.get('thr_1')).toEqual(place(12));
    expect(places.itemsNeeded('thr_1')).toBeGreaterThan(12);
    expect(places.get(null)).toBeNull();
    expect(places.itemsNeeded('thr_2')).toBe(0);
    places.set('thr_1', null);
    expect(places.get('thr_1')).toBeNull();
  });

  it('are taken from the host and given to it; what cannot be one is left out', () => {
    const saved: unknown[] = [];
    let kept: unknown = { thr_1: place(12) };
    const host = () => ({
      load: () => kept,
      save: (...what: unknown[]) => void saved.push(what),
    });
    const places = createPlaces(host);
    expect(places.get('thr_1')).toEqual(place(12));
    places.set('thr_2', place(3));
    places.set('thr_2', place(500));
    places.set('thr_1', null);
    expect(saved).toEqual([
      ['thr_2', place(3)],
      ['thr_2', null],
      ['thr_1', null],
    ]);
    for (kept of [null, 'text', { thr_1: { item: 7 } }]) expect(createPlaces(host).get('thr_1')).toBeNull();
  });

  it('too far up, or too many, are not kept', () => {
    const places = createPlaces();
    places.set('far', place(500));
    expect(places.get('far')).toBeNull();
    for (let n = 0; n <= 100; n += 1) places.set(`thr_${n}`, place(1));
    expect(places.get('thr_0')).toBeNull();
    expect(places.get('thr_1')).not.toBeNull();
  });
});
