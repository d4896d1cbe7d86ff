/** Copies from the end of the conversation, for the keyboard. */
import { answerText } from '../state/answer-text.ts';
import type { Transcript } from '../state/transcript.ts';
import { groupTurns } from '../state/turns.ts';
import { copyToClipboard, richTextOf } from './clipboard.ts';

/** What became of it. */
export type CopyOutcome = 'copied' | 'failed' | 'nothing';

/** The newest answer that has words: as its author wrote it, and as it is drawn. */
export async function copyLastAnswer(page: HTMLElement, transcript: Transcript): Promise<CopyOutcome> {
  const turn = groupTurns(transcript).findLast(({ items }) => answerText(items).trim() !== '');
  if (turn === undefined) return 'nothing';
  const drawn = page.querySelectorAll(`[data-turn="${CSS.escape(turn.key)}"] .ck-assistant .ck-md`);
  return outcome(await copyToClipboard(answerText(turn.items), richTextOf(drawn)));
}

/** The last block of code on screen. */
export async function copyLastCode(page: HTMLElement): Promise<CopyOutcome> {
  const code = [...page.querySelectorAll('.ck-assistant .ck-code code')].at(-1)?.textContent ?? '';
  return code === '' ? 'nothing' : outcome(await copyToClipboard(code.replace(/\n$/, '')));
}

function outcome(worked: boolean): CopyOutcome {
  return worked ? 'copied' : 'failed';
}
