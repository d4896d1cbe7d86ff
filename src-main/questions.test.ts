import type { BrowserWindow, MessageBoxOptions } from 'electron';
import { expect, it } from 'vitest';
import { questions } from './questions.ts';
import { shellStrings } from './strings.ts';

function start(locale: string, response: number, window: BrowserWindow | null = null) {
  const shown: MessageBoxOptions[] = [];
  const parents: unknown[] = [];
  const asked = questions({
    dialog: {
      showMessageBox: async (...args: unknown[]) => {
        shown.push(args.at(-1) as MessageBoxOptions);
        parents.push(args.length > 1 ? args[0] : null);
        return { response, checkboxChecked: false };
      },
    },
    window: () => window,
    strings: () => shellStrings(locale),
  });
  return { asked, shown, parents };
}

const target = { host: 'example.org', address: 'https://example.org/?a=$&{}' };
const text = "one\ntwo $' {} three";

it.each(['en', 'fr'])(
  'shows exactly what it is about, in %s, and means no by Enter and Escape',
  async (locale) => {
    const { asked, shown } = start(locale, 0);
    expect(await asked.openExternal(target)).toBe(true);
    expect(await asked.acceptProposal({ kind: 'new-chat', text })).toBe(true);
    expect(await asked.acceptProposal({ kind: 'thread', threadId: 'thr_1' })).toBe(true);
    await asked.refuseLink();
    expect(shown[0]?.message).toContain('example.org');
    expect(shown[0]?.detail).toContain(target.address);
    expect(shown[1]?.detail?.endsWith(text)).toBe(true);
    expect(shown[2]?.detail).toContain('thr_1');
    for (const { buttons, defaultId, cancelId } of shown.slice(0, 3)) {
      expect([buttons?.length, defaultId, cancelId]).toEqual([2, 1, 1]);
    }
    expect(shown[3]?.buttons).toHaveLength(1);
  },
);

it('takes everything but the first button for a no, and asks in front of the window', async () => {
  const window = {} as BrowserWindow;
  const { asked, parents } = start('en', 1, window);
  expect(await asked.openExternal(target)).toBe(false);
  expect(await asked.acceptProposal({ kind: 'thread', threadId: 'thr_1' })).toBe(false);
  expect(parents).toEqual([window, window]);
});
