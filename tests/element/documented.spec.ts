/** The pages of docs/element.md, taken out of it and run with the element and the React that they name. */
import fs from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { elementFiles } from './element-bundle.ts';
import { expect, test } from './fixtures.ts';
import { answered, composer, say } from './helpers.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The code blocks of one section, by language. */
async function blocks(section: string): Promise<Record<string, string>> {
  const text = await fs.readFile(`${ROOT}/docs/element.md`, 'utf8');
  const part = text.split(/^## /m).find((each) => each.startsWith(`${section}\n`)) ?? '';
  return Object.fromEntries(
    [...part.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, code]) => [language, code]),
  );
}

const REACT_PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Chat</title>
<link rel="stylesheet" href="/page.css"><script type="module" src="/chatkit.js"></script></head>
<body><div id="root"></div><script type="module" src="/page.js"></script></body></html>`;

for (const { section, greeting, alias } of [
  { section: 'A plain page', greeting: 'Hello from a plain page', alias: {} },
  { section: 'React 19', greeting: 'Hello from React 19', alias: {} },
  {
    ...{ section: 'React 18', greeting: 'Hello from React 18' },
    alias: { react: 'react-18', 'react-dom': 'react-dom-18' },
  },
]) {
  test(`${section}: the page of the documentation works`, async ({ context, server }) => {
    const plain = await blocks('A plain page');
    const { html = REACT_PAGE, js, tsx } = await blocks(section);
    const { outputFiles } = await build({
      stdin: { contents: js ?? tsx ?? '', loader: 'tsx', resolveDir: ROOT },
      ...{ bundle: true, write: false, format: 'esm', jsx: 'automatic', logLevel: 'error', alias },
      define: { 'process.env.NODE_ENV': '"production"' },
    });
    for (const { path, body } of await elementFiles('standalone.ts', 'chatkit')) {
      server.serve(path, path.endsWith('.js') ? 'text/javascript' : 'application/octet-stream', body);
    }
    server.serve('/', 'text/html', html);
    server.serve('/page.css', 'text/css', plain.css ?? '');
    server.serve('/page.js', 'text/javascript', outputFiles[0]?.text ?? '');
    const page = await context.newPage();
    const failed: string[] = [];
    page.on('pageerror', (error) => failed.push(error.message));
    await page.goto(new URL('/', server.url).href);
    await expect(page.getByText(greeting)).toBeVisible();
    if (section !== 'React 19') await expect(composer(page)).toHaveValue('typed by the page');
    if (section !== 'A plain page') await expect(page.locator('openai-chatkit')).toHaveClass('chat');
    await say(page, 'hello');
    await answered(page);
    await expect(page.getByText('You said: hello')).toBeVisible();
    expect(failed).toEqual([]);
  });
}
