/** Answers while they are being given, and as they are submitted (protocol §2.4). */
import type { StructuredQuestion, StructuredSubmission } from '../../../src-shared/chatkit/index.ts';

/** What a person has chosen or written for one question. */
export interface AnswerDraft {
  chosen: readonly string[];
  /** Beside the options of a choice, or in their place: the own answer in `text` counts. */
  other: boolean;
  /** The answer to an open question, or the own one to a choice; kept while `other` is off. */
  text: string;
}

export const EMPTY_ANSWER: AnswerDraft = { chosen: [], other: false, text: '' };

function valuesOf(question: StructuredQuestion, { chosen, other, text }: AnswerDraft): string[] {
  const written = text.trim();
  if (question.type === 'freeform') return written === '' ? [] : [written];
  // Who writes what is also an option has chosen it once.
  return [...new Set(other && written !== '' ? [...chosen, written] : chosen)];
}

/** Whether there is an answer, and nothing about it is begun and not finished. */
export function isAnswered(question: StructuredQuestion, draft: AnswerDraft): boolean {
  if (question.type === 'multiple_choice' && draft.other && draft.text.trim() === '') return false;
  return valuesOf(question, draft).length > 0;
}

/** The draft of one question; ids are the server's, and may be names that every object has. */
export function draftOf(drafts: Readonly<Record<string, AnswerDraft>>, id: string): AnswerDraft {
  return (Object.hasOwn(drafts, id) ? drafts[id] : undefined) ?? EMPTY_ANSWER;
}

/** One answer for each question; the ones without any are marked as skipped. */
export function submission(
  questions: readonly StructuredQuestion[],
  drafts: Readonly<Record<string, AnswerDraft>>,
): StructuredSubmission {
  const answers = questions.map((question) => {
    const { id } = question;
    const values = valuesOf(question, draftOf(drafts, id));
    return [id, { values, skipped: values.length === 0 }] as const;
  });
  return { status: 'answered', answers: Object.fromEntries(answers) };
}
