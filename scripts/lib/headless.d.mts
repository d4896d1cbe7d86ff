/** What the headless server gets besides the environment of the person who starts it. */
export const HEADLESS_ENV: Readonly<Record<string, string>>;
/** Runs the headless server until it ends. */
export function runHeadless(args: readonly string[]): void;
