import { expect, it } from 'vitest';
import { externalOpener } from './open-external.ts';

it('opens checked addresses in their checked form, and survives a system that cannot', () => {
  const opened: string[] = [];
  const open = externalOpener({
    openExternal: async (address) => {
      opened.push(address);
      throw new Error('no browser');
    },
  });
  open('HTTPS://Example.org/a b');
  open('mailto:ada@example.org');
  open('file:///etc/passwd');
  open('https://user:secret@example.org/');
  open('nonsense');
  expect(opened).toEqual(['https://example.org/a%20b', 'mailto:ada@example.org']);
});
