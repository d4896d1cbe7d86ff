/** What people recognise the place of a session by. */

/** In this order: most browsers also name those that they want to be taken for. */
const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/\bElectron\//, 'Foyer'],
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
  [/^python-|^Python\//, 'Python'],
  [/^node\b|^undici\b/, 'Node.js'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

/** More than any browser sends; what comes behind is not looked at. */
const MAX_LENGTH = 512;

/**
 * Makes `Firefox on Linux` of a `User-Agent`. Only words of the lists above ever come out, nothing of what was sent.
 *
 * @returns null when nothing is recognised
 */
export function placeOf(userAgent: string | undefined): string | null {
  const text = (userAgent ?? '').slice(0, MAX_LENGTH);
  const nameIn = (list: typeof PROGRAMS) => list.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  const names = [nameIn(PROGRAMS), nameIn(SYSTEMS)].filter((name) => name !== null);
  return names.length === 0 ? null : names.join(' on ');
}
