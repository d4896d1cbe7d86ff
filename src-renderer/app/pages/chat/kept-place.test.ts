import { beforeEach, describe, expect, it } from 'vitest';
import { forgetPlace, placeStorage } from './kept-place.ts';

const place = { item: 'msg_1', offset: -20, toEnd: 4 };

describe('where somebody was reading', () => {
  beforeEach(() => sessionStorage.clear());

  it('is there once for the page that comes next, of that person, in the thread that was left last', () => {
    const before = placeStorage(sessionStorage, 'ada');
    before.save('thr_1', place);
    before.save('thr_2', place);
    expect(placeStorage(sessionStorage, 'bob').load()).toEqual({});
    expect(placeStorage(sessionStorage, 'ada').load()).toEqual({ thr_2: place });
    expect(placeStorage(sessionStorage, 'ada').load()).toEqual({});
  });

  it('is forgotten at the end of the conversation, and with signing out', () => {
    const places = placeStorage(sessionStorage, 'ada');
    places.save('thr_1', place);
    places.save('thr_1', null);
    expect(sessionStorage).toHaveLength(0);
    places.save('thr_1', place);
    forgetPlace(sessionStorage, 'ada');
    expect(places.load()).toEqual({});
  });

  it.each(['nonsense', '[]', 'null', '7'])('is nothing where it cannot be read: %s', (text) => {
    sessionStorage.setItem('foyer.place.ada', text);
    expect(placeStorage(sessionStorage, 'ada').load()).toEqual({});
  });
});
