/** `/chatkit.js` as built: one module on a plain HTML page, under the policy that Foyer serves, without any framework. */
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from './fixtures.ts';
import { answered, composer, say } from './helpers.ts';

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Plain</title>
<style>html, body, openai-chatkit { height: 100%; margin: 0; }</style></head>
<body><openai-chatkit></openai-chatkit>
<script type="module" src="/chatkit.js"></script><script type="module" src="/page.js"></script></body></html>`;

const SCRIPT = `window.violations = [];
addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI));
const chat = document.querySelector('openai-chatkit');
chat.setOptions({ api: { url: '/chatkit', domainKey: 'any' }, locale: 'en' });
await chat.setComposerValue({ text: 'typed by the page' });`;

test('works as one module under a strict policy, offline, and asks nobody but its server', async ({
  page,
  server,
}) => {
  test.setTimeout(90_000);
  const outDir = await fs.mkdtemp(path.join(os.tmpdir(), 'chatkit-element-'));
  try {
    // In an own process: here NODE_ENV says `test`, which would build the development JSX.
    const vite = fileURLToPath(new URL('../../node_modules/vite/bin/vite.js', import.meta.url));
    const arguments_ = ['build', '-c', 'vite.element.config.ts', '--outDir', outDir, '--logLevel', 'error'];
    await promisify(execFile)(process.execPath, [vite, ...arguments_], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { ...process.env, NODE_ENV: 'production' },
    });
    for (const name of await fs.readdir(outDir, { recursive: true })) {
      if (!name.endsWith('.js')) continue;
      server.serve(
        `/${name.split(path.sep).join('/')}`,
        'text/javascript',
        await fs.readFile(path.join(outDir, name)),
      );
    }
  } finally {
    await fs.rm(outDir, { recursive: true, force: true });
  }
  server.serve('/', 'text/html', PAGE);
  server.serve('/page.js', 'text/javascript', SCRIPT);
  const origin = new URL(server.url).origin;
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:')) elsewhere.push(url);
  });
  await page.goto(`${origin}/`);
  await expect(composer(page)).toHaveValue('typed by the page');
  await say(page, 'long plan ![x](https://evil.example/x.png)');
  await answered(page);
  await expect(page.getByRole('table')).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
  expect(elsewhere).toEqual([]);
});
