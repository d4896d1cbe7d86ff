import process from 'node:process';
import { setFlagsFromString } from 'node:v8';

/** From so many answers at a time on, collecting garbage all the time would make everybody wait. */
const BUSY = 4;

/** While few answers stream: see {@link sizeHeapByLoad}. */
const ECONOMICAL = [
  '--memory-saver-mode',
  '--no-maglev',
  '--always-sparkplug',
  '--invocation-count-for-turbofan=200',
];

/** While many do. */
const QUICK = [
  '--no-memory-saver-mode',
  '--maglev',
  '--no-always-sparkplug',
  '--invocation-count-for-turbofan=3000',
];

/**
 * Makes V8 collect garbage earlier instead of taking more memory: left alone it sizes its heap by the memory of the
 * machine, and a chat server that needs 40 MB grows to 200 MB. That costs a fifth of the work of streaming, so while
 * many answers stream V8 may take what it likes.
 *
 * The compiler in the middle, Maglev, rests meanwhile as well. It takes up a function after some hundred calls; what
 * every turn calls once gets there in the same turn, and compiling all of that at a time takes 60 MB that never come
 * back. The compiler before it, Sparkplug, which needs little memory, takes up everything at its first call instead, and
 * the one after it, TurboFan, which takes eight functions at a time and no more, begins after 200 calls instead of 3,000:
 * otherwise what happens once a turn would never be compiled well.
 *
 * For the entry points; call it before anything else.
 *
 * @returns to be told how many answers are being streamed, whenever that changes
 */
export function sizeHeapByLoad(): (running: number) => void {
  // Known since V8 12 (Node 22, Electron 31); older ones print a complaint about flags that they do not know.
  if (Number.parseInt(process.versions.v8, 10) < 12) return () => undefined;
  let economical = true;
  for (const flag of ECONOMICAL) setFlagsFromString(flag);
  return (running) => {
    if (economical === running < BUSY) return;
    economical = !economical;
    for (const flag of economical ? ECONOMICAL : QUICK) setFlagsFromString(flag);
  };
}
