import { performance } from 'node:perf_hooks';

/** Notes that a phase of the start, or of the end, was reached. */
export type Trace = (phase: string) => void;

/** With FOYER_TRACE set, prints one JSON line per phase: milliseconds since the process began. */
export function startTrace(env: Readonly<Record<string, string | undefined>>): Trace {
  if (!env.FOYER_TRACE) return () => undefined;
  return (phase) => console.error(JSON.stringify({ phase, ms: Math.round(performance.now()) }));
}
