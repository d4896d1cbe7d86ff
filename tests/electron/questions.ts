/** Answers the shell's own dialogs, which no page can reach, in the place of the person. */
import type { ElectronApplication } from '@playwright/test';

export interface Question {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
  readonly defaultId?: number;
  readonly cancelId?: number;
}

export interface Questions {
  asked(): Promise<Question[]>;
  /** From now on; 0 is the first button. */
  answerWith(button: number): Promise<void>;
}

interface Shared {
  questions: { asked: Question[]; answer: number };
}

/** Agrees to every question until told otherwise. */
export async function answerQuestions(app: ElectronApplication): Promise<Questions> {
  await app.evaluate(({ dialog }) => {
    const questions: Shared['questions'] = { asked: [], answer: 0 };
    Object.assign(globalThis, { questions });
    dialog.showMessageBox = (async (...args: unknown[]) => {
      questions.asked.push(JSON.parse(JSON.stringify(args.at(-1))));
      return { response: questions.answer, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  });
  return {
    asked: () => app.evaluate(() => (globalThis as unknown as Shared).questions.asked),
    answerWith: (button) =>
      app.evaluate((_electron, answer) => {
        (globalThis as unknown as Shared).questions.answer = answer;
      }, button),
  };
}
