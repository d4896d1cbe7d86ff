import process from 'node:process';
import { setFlagsFromString } from 'node:v8';

/** From so many answers at a time on, collecting garbage all the time would make everybody wait. */
const BUSY = 4;

/**
 * Makes V8 collect garbage earlier instead of taking more memory: left alone it sizes its heap by the memory of the
 * machine, and a chat server that needs 40 MB grows to 200 MB. That costs a fifth of the work of streaming, so while
 * many answers stream V8 may take what it likes. For the entry points; call it before anything else.
 *
 * @returns to be told how many answers are being streamed, whenever that changes
 */
export function sizeHeapByLoad(): (running: number) => void {
  // Known since V8 12 (Node 22, Electron 31); older ones print a complaint about flags that they do not know.
  if (Number.parseInt(process.versions.v8, 10) < 12) return () => undefined;
  let economical = true;
  setFlagsFromString('--memory-saver-mode');
  return (running) => {
    if (economical === running < BUSY) return;
    economical = !economical;
    setFlagsFromString(economical ? '--memory-saver-mode' : '--no-memory-saver-mode');
  };
}
