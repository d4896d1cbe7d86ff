/** Answers while they are being given, and as they are submitted (protocol §2.4). */
import type { StructuredQuestion, StructuredSubmission } from '../../../src-shared/chatkit/index.ts';

/** What a person has chosen or written for one question. */
export interface AnswerDraft {
  chosen: readonly string[];
  text: string;
}

export const EMPTY_ANSWER: AnswerDraft = { chosen: [], text: '' };

function valuesOf({ chosen, text }: AnswerDraft): string[] {
  const written = text.trim();
  return written === '' ? [...chosen] : [...chosen, written];
}

export function isAnswered(draft: AnswerDraft): boolean {
  return valuesOf(draft).length > 0;
}

/** One answer for each question; the ones without any are marked as skipped. */
export function submission(
  questions: readonly StructuredQuestion[],
  drafts: Readonly<Record<string, AnswerDraft>>,
): StructuredSubmission {
  const answers = questions.map(({ id }) => {
    const values = valuesOf((Object.hasOwn(drafts, id) ? drafts[id] : undefined) ?? EMPTY_ANSWER);
    return [id, { values, skipped: values.length === 0 }] as const;
  });
  return { status: 'answered', answers: Object.fromEntries(answers) };
}
