/** What the main thread of a page does, from the browser's own accounts. */
import type { CDPSession } from 'playwright';

/** Processor time of the main thread so far, in milliseconds: what other processes take is not in it. */
export async function mainThreadTime(cdp: CDPSession): Promise<number> {
  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN) * 1_000;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Processor time in microseconds. */
  tdur?: number;
  args?: { name?: string };
}

/** The longest task and the longest frame callback of pages while an action runs, in milliseconds of processor time. */
export async function longestTask(
  cdp: CDPSession,
  action: () => Promise<void>,
): Promise<{ longest: number; longestFrame: number }> {
  const events: TraceEvent[] = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise<void>((resolve) => cdp.once('Tracing.tracingComplete', () => resolve()));
  const categories = ['disabled-by-default-devtools.timeline', 'devtools.timeline', 'toplevel', '__metadata'];
  await cdp.send('Tracing.start', {
    traceConfig: { includedCategories: categories },
    transferMode: 'ReportEvents',
  });
  await action();
  await cdp.send('Tracing.end');
  await complete;
  const main = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const longest = (name: string) =>
    events
      .filter((event) => event.name === name && main.has(`${event.pid} ${event.tid}`))
      .reduce((most, { tdur = 0 }) => Math.max(most, tdur / 1_000), 0);
  return { longest: longest('RunTask'), longestFrame: longest('FireAnimationFrame') };
}
