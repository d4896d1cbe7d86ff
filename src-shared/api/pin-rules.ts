/** Which PINs are refused: those that are guessed within five attempts by somebody who knows people. */

/** Shortest and longest PIN, in digits. */
export const PIN_LENGTH = { min: 6, max: 12 } as const;

export type PinProblem =
  | 'not-digits'
  | 'too-short'
  | 'too-long'
  | 'repeated'
  | 'sequence'
  | 'date'
  | 'common';

/** What other rules let through and many people take: patterns on the pad, numbers that everybody knows. */
const COMMON = new Set([
  '147258',
  '258369',
  '159753',
  '147369',
  '741852',
  '963852',
  '159357',
  '357159',
  '789456',
  '456123',
  '123654',
  '321654',
  '520131',
  '112358',
  '314159',
  '141592',
  '271828',
  '007007',
  '696969',
  '142536',
  '135790',
  '246800',
]);

/** Null for a PIN that may be taken. */
export function pinProblem(pin: string): PinProblem | null {
  if (!/^\d*$/.test(pin)) return 'not-digits';
  if (pin.length < PIN_LENGTH.min) return 'too-short';
  if (pin.length > PIN_LENGTH.max) return 'too-long';
  if (isRepeated(pin)) return 'repeated';
  if (isSequence(pin)) return 'sequence';
  if (isDate(pin)) return 'date';
  return COMMON.has(pin) || COMMON.has(reversed(pin)) ? 'common' : null;
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

/** `111111`, `121212`, `123123`, `112233`, `111222`: a piece said again, or each digit said the same number of times. */
function isRepeated(pin: string): boolean {
  if (new Set(pin).size <= 2) return true;
  if ((pin + pin).indexOf(pin, 1) < pin.length) return true;
  const runs = pin.match(/(\d)\1*/g) ?? [];
  const [first] = runs;
  return first !== undefined && first.length > 1 && runs.every((run) => run.length === first.length);
}

/** `123456`, `890123`, `864208`: always the same step, going round at 10. */
function isSequence(pin: string): boolean {
  const digits = [...pin].map(Number);
  const steps = digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10);
  return new Set(steps).size === 1;
}

/** Days of the last hundred and thirty years, in the usual orders: `241285`, `851224`, `24121985`, `19851224`. */
function isDate(pin: string): boolean {
  const part = (from: number, to: number) => Number(pin.slice(from, to));
  const isDay = (day: number, month: number) => day >= 1 && day <= 31 && month >= 1 && month <= 12;
  const isYear = (year: number) => year >= 1900 && year <= 2029;
  if (pin.length === 6) {
    const [a, b, c] = [part(0, 2), part(2, 4), part(4, 6)];
    return isDay(a, b) || isDay(b, a) || isDay(c, b);
  }
  if (pin.length !== 8) return false;
  const [day, month] = [part(0, 2), part(2, 4)];
  if (isYear(part(4, 8)) && (isDay(day, month) || isDay(month, day))) return true;
  return isYear(part(0, 4)) && (isDay(part(6, 8), part(4, 6)) || isDay(part(4, 6), part(6, 8)));
}
