/**
 * Measures the administration with 200 people and a million rows in the audit: queries, the check of the chain and how
 * long it keeps others waiting, usage of a year, and pages in a browser. `--rows N` takes another number of rows,
 * `--json FILE` also writes the figures.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright';
import { auditPageSchema, auditVerificationSchema } from '../../src-shared/api/index.ts';
import { type Client, signIn } from '../../tests/support/client.ts';
import { ADMINISTRATOR, type Headless, makeDataDir, startHeadless } from '../../tests/support/headless.ts';
import { systemBrowser } from '../lib/browsers.mjs';
import { type Figure, quantile, report, residentMemory } from './lib/report.ts';
import { personEmail, personId, seedAdministration } from './lib/seed-administration.ts';

const PEOPLE = 200;
const ASKED = 60;
const VISITS = 7;

const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '1000000' }, json: { type: 'string' } },
});
const ROWS = Number(options.rows);
const migrationsDir = path.resolve(
  import.meta.dirname,
  '..',
  '..',
  'out',
  'database',
  'accounts',
  'migrations',
);

report(await measure(), options.json);

async function measure(): Promise<Figure[]> {
  const dataDir = makeDataDir();
  await (await startHeadless({ dataDir })).stop();
  const seeding = performance.now();
  await seedAdministration({
    dataDir,
    migrationsDir,
    people: PEOPLE,
    auditRows: ROWS,
    usage: { days: 400, models: 20 },
    sessions: 500,
    now: new Date(),
  });
  console.log(`Seeded ${ROWS} rows in ${((performance.now() - seeding) / 1000).toFixed(0)} s.`);
  const foyer = await startHeadless({ dataDir });
  try {
    const admin = await signIn(foyer.url, ADMINISTRATOR);
    return [
      ...(await measureQueries(admin)),
      ...(await measureUsage(admin)),
      ...(await measureCheck(admin, foyer)),
      ...(await measurePages(foyer)),
    ];
  } finally {
    await foyer.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measureQueries(admin: Client): Promise<Figure[]> {
  const middle = Math.floor(ROWS / 2);
  const half = new Date(Date.now() - middle * 30_000).toISOString();
  const queries = {
    'newest rows': '',
    'rows in the middle': `before=${middle}`,
    'rows of one person': `person=${personId(7)}`,
    'rows of one kind': 'groups=people',
    'rows of one person and kind': `person=${personId(7)}&groups=limits`,
    'rows up to a time': `to=${half}`,
    'rows of nobody': 'person=usr_nobody&groups=people,sessions,models,limits,log,other',
  };
  const figures: Figure[] = [];
  for (const [name, query] of Object.entries(queries)) {
    const times = await repeat(ASKED, async () => {
      auditPageSchema.parse(await (await admin.rest('GET', `/api/admin/audit?${query}`)).json());
    });
    figures.push({
      name: `audit: ${name}, over HTTP, p50`,
      value: quantile(times, 0.5),
      unit: 'ms',
      target: 10,
    });
  }
  const sessions = await repeat(ASKED, async () => (await admin.rest('GET', '/api/admin/sessions')).text());
  figures.push({ name: 'sessions: 50 of 500, p50', value: quantile(sessions, 0.5), unit: 'ms', target: 10 });
  return figures;
}

/** While something long is under way: the longest that a small request had to wait. */
async function longestWait<T>(url: string, work: () => Promise<T>): Promise<{ result: T; waited: number }> {
  let waited = 0;
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const began = performance.now();
      await (await fetch(new URL('/api/health', url))).text();
      waited = Math.max(waited, performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  const result = await work();
  isOver = true;
  await asking;
  return { result, waited };
}

async function measureUsage(admin: Client): Promise<Figure[]> {
  const to = new Date().toISOString().slice(0, 10);
  const month = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
  const ask = (from: string, by: string) => async () =>
    (await admin.rest('GET', `/api/admin/usage?from=${from}&to=${to}&by=${by}`)).text();
  const short = await repeat(7, ask(month, 'person'));
  const year = await repeat(2, ask('2020-01-01', 'person'));
  return [
    { name: 'usage: a month by person, p50', value: quantile(short, 0.5), unit: 'ms', target: 300 },
    { name: 'usage: 400 days by person (1.6 M sums)', value: quantile(year, 0.5), unit: 'ms', target: null },
  ];
}

async function measureCheck(admin: Client, foyer: Headless): Promise<Figure[]> {
  const idle = await longestWait(foyer.url, () => new Promise((resolve) => setTimeout(resolve, 3_000)));
  const began = performance.now();
  const { waited } = await longestWait(foyer.url, async () => {
    await admin.rest('POST', '/api/admin/audit/verification');
    for (;;) {
      const answer = await admin.rest('GET', '/api/admin/audit/verification');
      const state = auditVerificationSchema.parse(await answer.json());
      if (state.state === 'done') {
        if (state.result.outcome !== 'intact') throw new Error(JSON.stringify(state.result));
        return;
      }
      if (state.state !== 'running') throw new Error(`the check ended as ${state.state}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
  return [
    { name: `check of ${ROWS} rows`, value: performance.now() - began, unit: 'ms', target: null },
    { name: 'longest wait of a small request meanwhile', value: waited, unit: 'ms', target: 100 },
    { name: 'longest wait with nothing to do', value: idle.waited, unit: 'ms', target: null },
    { name: 'resident memory after it', value: residentMemory(foyer.process.pid), unit: 'MB', target: null },
  ];
}

async function measurePages(foyer: Headless): Promise<Figure[]> {
  const system = systemBrowser('usual');
  const browser: Browser = await chromium.launch({
    args: ['--no-sandbox'],
    ...(system === undefined ? {} : { executablePath: system }),
  });
  try {
    const page = await browser.newPage({ locale: 'en-GB' });
    await page.goto(new URL('/login', foyer.url).href);
    await page.getByLabel('E-mail address').fill(ADMINISTRATOR.email);
    await page.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('openai-chatkit').getByRole('textbox').waitFor();
    await page.getByRole('link', { name: 'Manage' }).click();
    const audit = await visits(page, 'Audit log', () => page.getByRole('row').nth(50).waitFor());
    const sessions = await visits(page, 'Sessions', () => page.getByText(personEmail(9)).first().waitFor());
    const limits = await visits(page, 'Limits', () => page.getByRole('row').nth(3).waitFor());
    const of = (name: string, { shown, work }: Visits): Figure[] => [
      { name: `page: ${name}, p50`, value: shown, unit: 'ms', target: 100 },
      { name: `page: ${name}, of this worked by the page, p50`, value: work, unit: 'ms', target: null },
    ];
    return [
      ...of('first 50 rows of the audit', audit),
      ...of('sessions', sessions),
      ...of(`limits with ${PEOPLE} people`, limits),
    ];
  } finally {
    await browser.close();
  }
}

/** Medians in milliseconds. `work`: processor time of the page's thread, which other programs do not make longer. */
interface Visits {
  readonly shown: number;
  readonly work: number;
}

/** From the click on a link until its rows are there; the files of the page are loaded by then. */
async function visits(page: Page, name: string, isThere: () => Promise<void>): Promise<Visits> {
  const times: number[] = [];
  const work: number[] = [];
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1_000 * (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? Number.NaN);
  };
  for (let visit = 0; visit <= VISITS; visit += 1) {
    await page.getByRole('link', { name: 'About' }).click();
    await page.getByRole('heading', { name: 'About Foyer' }).waitFor();
    const before = await worked();
    const began = performance.now();
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await isThere();
    const shown = performance.now() - began;
    if (visit === 0) continue;
    times.push(shown);
    work.push((await worked()) - before);
  }
  await devtools.detach();
  return { shown: quantile(times, 0.5), work: quantile(work, 0.5) };
}

async function repeat(times: number, action: () => Promise<unknown>): Promise<number[]> {
  const durations: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const began = performance.now();
    await action();
    durations.push(performance.now() - began);
  }
  return durations;
}
