import { expect, it } from 'vitest';
import { pinProblem } from './pin-rules.ts';

it.each([
  ['', 'too-short'],
  ['82941', 'too-short'],
  ['8294173056182', 'too-long'],
  ['82941a', 'not-digits'],
  ['٨٢٩٤١٧', 'not-digits'],
  ['000000', 'repeated'],
  ['121212', 'repeated'],
  ['122122', 'repeated'],
  ['835835', 'repeated'],
  ['112233', 'repeated'],
  ['444777', 'repeated'],
  ['123456', 'sequence'],
  ['987654', 'sequence'],
  ['890123', 'sequence'],
  ['864208', 'sequence'],
  ['241285', 'date'],
  ['122485', 'date'],
  ['851224', 'date'],
  ['24121985', 'date'],
  ['12241985', 'date'],
  ['19851224', 'date'],
  ['147258', 'common'],
  ['852741', 'common'],
] as const)('%s is refused: %s', (pin, problem) => {
  expect(pinProblem(pin)).toBe(problem);
});

it.each(['829417', '470938', '739284', '8294170', '99418263', '730591846205'])('%s is taken', (pin) => {
  expect(pinProblem(pin)).toBeNull();
});

it('leaves so many PINs that five guesses are worth nothing', () => {
  // A step without a common factor with 1,001, else every number of two equal halves would be among those tried.
  const step = 97;
  let taken = 0;
  for (let pin = 0; pin < 1_000_000; pin += step)
    if (pinProblem(String(pin).padStart(6, '0')) === null) taken += 1;
  expect(taken / (1_000_000 / step)).toBeGreaterThan(0.88);
});
