/** True on a Mac, where other keys mean the same. */
export function isMac(): boolean {
  return /mac/i.test(globalThis.navigator?.platform ?? '');
}
