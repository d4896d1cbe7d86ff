import { expect, it } from 'vitest';
import { type ExternalTarget, externalOpener } from './open-external.ts';

function start(confirm: (target: ExternalTarget) => Promise<boolean> = async () => true) {
  const opened: string[] = [];
  const asked: ExternalTarget[] = [];
  const open = externalOpener({ openExternal: async (address) => void opened.push(address) }, (target) => {
    asked.push(target);
    return confirm(target);
  });
  return { open, opened, asked };
}

it('opens checked addresses in their checked form, after showing host and whole address', async () => {
  const { open, opened, asked } = start();
  await open('HTTPS://Example.org:8443/a b?c#d');
  expect(asked).toEqual([{ host: 'example.org:8443', address: 'https://example.org:8443/a%20b?c#d' }]);
  expect(opened).toEqual(['https://example.org:8443/a%20b?c#d']);
});

it('shows names that look like others as what they are', async () => {
  const { open, asked } = start();
  await open('https://ex\u0430mple.org/\u202Egpj.exe');
  expect(asked[0]?.host).toMatch(/^xn--/);
  expect(asked[0]?.address).toMatch(/^[ -~]+$/);
});

it('hands mail addresses on without asking', async () => {
  const { open, opened, asked } = start();
  await open('mailto:ada@example.org');
  expect(opened).toEqual(['mailto:ada@example.org']);
  expect(asked).toEqual([]);
});

it('opens nothing that the person does not want, or that must not be opened', async () => {
  const { open, opened } = start(async () => false);
  for (const address of [
    'https://example.org/',
    'file:///etc/passwd',
    'https://user:secret@example.org/',
    'ms-settings:',
    'foyer://thread/thr_1',
    'nonsense',
    `https://example.org/${'x'.repeat(3_000)}`,
  ]) {
    await open(address);
  }
  expect(opened).toEqual([]);
});

it('asks one question at a time, and goes on after each, also when the system cannot', async () => {
  let answer: (yes: boolean) => void = () => undefined;
  const { open, asked } = start(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  const first = open('https://example.org/1');
  for (let i = 0; i < 50; i += 1) await open('https://example.org/2');
  expect(asked).toHaveLength(1);
  answer(true);
  await first;
  const failing = externalOpener(
    { openExternal: () => Promise.reject(new Error('no browser')) },
    async () => true,
  );
  await failing('https://example.org/');
  await failing('https://example.org/');
  void open('https://example.org/3');
  expect(asked).toHaveLength(2);
});
