/**
 * What `@openai/chatkit-react` 1.6.1 does to the element, on React 18 and 19, development and production builds, with
 * and without StrictMode. Rows are those of chatkit-element.md §1; each situation is played in `matrix/rows.ts`.
 */
import { bundle, elementFiles, type Files } from './element-bundle.ts';
import { test as base, expect } from './fixtures.ts';
import type { rows } from './matrix/rows.ts';

interface Build {
  react: 18 | 19;
  mode: 'development' | 'production';
  strict: boolean;
}

const BUILDS: readonly Build[] = [
  { react: 18, mode: 'development', strict: false },
  { react: 18, mode: 'development', strict: true },
  { react: 18, mode: 'production', strict: false },
  { react: 19, mode: 'development', strict: false },
  { react: 19, mode: 'development', strict: true },
  { react: 19, mode: 'production', strict: false },
];

const EARLY = ['onReady', 'onThreadChange', 'onThreadLoadStart', 'onThreadLoadEnd'];

interface Case {
  row: string;
  name: keyof typeof rows;
  sees: unknown | ((build: Build) => unknown);
  only?: Build['react'];
}

const CASES: readonly Case[] = [
  {
    row: '1: the tag is defined after React has mounted',
    name: 'lateDefine',
    sees: { early: 'TypeError', heard: ['onReady'], focused: true },
  },
  { row: '2: connected before options, and options before connected', name: 'order', sees: [true, true] },
  { row: '3: no early event is lost', name: 'earlyEvents', sees: EARLY },
  { row: '3: no early event is lost when defined late', name: 'earlyEventsLate', sees: EARLY },
  {
    row: '4: unusable options leave the tree standing',
    name: 'badOptions',
    sees: { standing: true, heard: ['onError'], shown: true, repaired: 'onReady' },
  },
  {
    row: '5: options given twice act once',
    name: 'repeats',
    sees: ({ strict }: Build) => ({ calls: strict ? 2 : 1, same: true, loads: 1 }),
  },
  {
    row: '6: new functions need no new options; new options keep thread, draft and stream',
    name: 'inlineFunctions',
    sees: {
      ...{ sameOptions: 0, otherOptions: 1, clicked: [2, 3], dark: 'dark', draft: 'a draft' },
      ...{ grows: true, asked: 1 },
    },
  },
  {
    row: '7: options that are not plain data come at every render and change nothing',
    name: 'notPlain',
    sees: { everyRender: 5, sameBox: true, draft: 'a draft', asked: 0 },
  },
  { row: '8: cyclic options do not throw', name: 'cyclic', sees: { names: ['onReady'] } },
  {
    row: '9: void events carry one null',
    name: 'voidEvents',
    sees: ['onReady', 'onHistoryOpen', 'onHistoryClose'].map((name) => ({ name, count: 1, detail: null })),
  },
  {
    row: '10: a handler that throws harms nobody',
    name: 'throwingHandler',
    sees: { reported: true, answered: true },
  },
  {
    row: '11: className, id, data and style reach the element',
    name: 'extraProps',
    sees: {
      ...{ first: ['chat', 'wide'], after: ['chat', 'narrow'], id: 'assistant', kind: 'chat', height: '50%' },
    },
  },
  {
    row: '12: a ref that comes and goes is no unmount',
    name: 'refChurn',
    sees: { churned: true, sameBox: true, grows: true, readies: 1 },
  },
  {
    row: '13: a method called in the first layout effect waits',
    name: 'layoutMethod',
    sees: { names: ['onReady', 'onResponseStart'], text: true },
  },
  {
    row: '14: two chats on one control, the last owns the methods',
    name: 'twoOnOneControl',
    sees: [false, true],
  },
  { row: '15: the options of the page are only read', name: 'sharedObject', sees: { untouched: true } },
  {
    row: '16: undefined counts as absent',
    name: 'undefinedValues',
    sees: { text: true, names: ['onReady'] },
  },
  {
    row: '17: hidden by <Activity>, the stream goes on',
    name: 'activity',
    sees: { hiddenGrows: true, given: true, heardAgain: 'onHistoryOpen', readies: 1, sends: 1 },
    only: 19,
  },
  { row: '18: events arrive while suspended', name: 'suspense', sees: { text: true, readies: 1 } },
  { row: '19: a new key makes a new element', name: 'keyChange', sees: { elements: 1, oldEmpty: true } },
  {
    row: '20: moving keeps everything',
    name: 'moved',
    sees: { sameBox: true, draft: 'a draft', grows: true, readies: 1 },
  },
  {
    row: '21 and 22: unmounting mid-stream is silent',
    name: 'unmounted',
    sees: { after: 0, empty: true },
  },
];

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Matrix</title>
<style>html, body, #root, openai-chatkit { height: 100%; margin: 0; }</style></head>
<body><div id="root"></div><script type="module" src="/page.js"></script></body></html>`;

type Bundles = Record<string, Files> & { element: Files };

const test = base.extend<object, { bundles: Bundles }>({
  bundles: [
    async ({ browserName: _ }, use) => {
      const define = (mode: string) => ({
        'process.env.NODE_ENV': JSON.stringify(mode),
        'import.meta.env': '{}',
      });
      const bundles: Bundles = {
        element: await elementFiles('index.ts', 'element'),
      };
      for (const react of [18, 19] as const) {
        for (const mode of ['development', 'production'] as const) {
          bundles[`${react} ${mode}`] = await bundle('./matrix/page.ts', 'page', {
            define: define(mode),
            jsxDev: mode === 'development',
            ...(react === 18 ? { alias: { react: 'react-18', 'react-dom': 'react-dom-18' } } : {}),
          });
        }
      }
      await use(bundles);
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

for (const build of BUILDS) {
  const title = `React ${build.react} ${build.mode}${build.strict ? ' StrictMode' : ''}`;
  test.describe(title, () => {
    for (const { row, name, sees, only } of CASES) {
      if (only !== undefined && only !== build.react) continue;
      test(row, async ({ context, server, bundles }) => {
        const files = [...bundles.element, ...(bundles[`${build.react} ${build.mode}`] ?? [])];
        for (const { path, body } of files) {
          server.serve(path, path.endsWith('.js') ? 'text/javascript' : 'application/octet-stream', body);
        }
        server.serve('/', 'text/html', PAGE);
        const { id } = server.addThread({ title: 'Kept' });
        const page = await context.newPage();
        await page.goto(new URL('/', server.url).href);
        await page.waitForFunction(() => 'play' in window);
        const { saw, errors } = await page.evaluate(([name, how]) => window.play(name, how), [
          name,
          { strict: build.strict, thread: id },
        ] as const);
        expect(saw).toEqual(typeof sees === 'function' ? sees(build) : sees);
        expect(errors).toEqual([]);
      });
    }
  });
}
