/** That somebody locks in order to let another person in: outlives the page, which is loaded anew when it is locked. */
export interface Switching {
  wish(): void;
  wished(): boolean;
  /** Somebody is in. */
  done(): void;
}

const KEY = 'foyer.switching';

export function switchingIn(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): Switching {
  return {
    wish: () => storage.setItem(KEY, '1'),
    wished: () => storage.getItem(KEY) !== null,
    done: () => storage.removeItem(KEY),
  };
}
