/** What benchmarks share: figures with their targets, as a table and as JSON. */
import fs from 'node:fs';

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | 'kB' | '%';
  /** At most so much is wanted; null where nothing was set. */
  readonly target: number | null;
}

/** Prints the figures; with a file, writes them there too. */
export function report(figures: readonly Figure[], jsonFile: string | undefined): void {
  console.log(
    figures
      .map(({ name, value, unit, target }) => {
        const goal =
          target === null ? '' : `target ≤ ${target} ${unit}  ${value <= target ? 'met' : 'MISSED'}`;
        return `${name.padEnd(60)} ${value.toFixed(2).padStart(9)} ${unit}  ${goal}`;
      })
      .join('\n'),
  );
  if (jsonFile !== undefined) fs.writeFileSync(jsonFile, `${JSON.stringify({ figures }, null, 2)}\n`);
}

/** The value below which a share of all values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Resident memory of a process in MB. */
export function residentMemory(pid: number | undefined): number {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

/** Processor time that a process has used, in milliseconds. */
export function cpuTime(pid: number | undefined): number {
  const fields = fs
    .readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  // Fields 14 and 15 of proc(5), in ticks of 10 ms; the two before the state were cut off.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
