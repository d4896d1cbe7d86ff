/** Money in millionths of the currency, as whole numbers: sums of floats drift, and a budget must not. */

/** What a model costs, in millionths of the currency for a million tokens. */
export interface Prices {
  readonly input: number;
  /** Of input that the server had read before. */
  readonly cached: number;
  readonly output: number;
}

/** Tokens of one request; `cached` is a part of `input`. */
export interface Tokens {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

const MILLION = 1_000_000n;

/** What the tokens cost, rounded up to the next millionth. */
export function costOf({ input, cached, output }: Tokens, prices: Prices): number {
  const known = Math.min(cached, input);
  const total =
    BigInt(input - known) * BigInt(prices.input) +
    BigInt(known) * BigInt(prices.cached) +
    BigInt(output) * BigInt(prices.output);
  return Number((total + MILLION - 1n) / MILLION);
}

/** The most that the input can cost: some servers ask more for what they keep than for what they read. */
export function dearestInput(prices: Prices): Prices {
  const input = Math.max(prices.input, prices.cached);
  return { input, cached: input, output: prices.output };
}

/** How many tokens of output the money buys. Free output is without end. */
export function affordableOutput(money: number, prices: Prices): number {
  if (money < 0) return 0;
  if (prices.output === 0) return Number.POSITIVE_INFINITY;
  return Number((BigInt(money) * MILLION) / BigInt(prices.output));
}
