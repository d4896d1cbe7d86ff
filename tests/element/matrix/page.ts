/** The entry of each page bundle: `/element.js` brings the element, this file the React side. */
import { createStage } from './app.tsx';
import { createLab } from './lab.ts';
import { rows } from './rows.ts';

export interface Outcome {
  saw: unknown;
  errors: string[];
}

declare global {
  interface Window {
    /** Plays one row; the element's module must not be loaded before the page asks for it. */
    play(row: keyof typeof rows, how: { strict: boolean; thread: string }): Promise<Outcome>;
  }
}

const address = '/element.js';

window.play = async (row, { strict, thread }) => {
  const element: { defineChatKitElement(): void } = await import(/* @vite-ignore */ address);
  const lab = createLab(element.defineChatKitElement);
  const saw = await rows[row](lab, createStage(strict), thread);
  return { saw, errors: lab.errors };
};
