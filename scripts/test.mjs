/**
 * `npm test`: everything, on a fresh machine too. Installs what is missing, checks types, lint and format, builds,
 * then runs the unit and integration tests, the browser tests and, where an Electron binary is, the desktop tests beside
 * those of the browser: each of them waits for pages most of the time.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { systemBrowser } from './lib/browsers.mjs';
import { electronBinary } from './lib/electron.mjs';
import { ensureInstalled, fail, projectEnv, root, say } from './lib/project.mjs';
import { endTogether, start } from './lib/side-by-side.mjs';

const artifacts = path.join(root, 'tests', 'artifacts');
const counts = { passed: 0, failed: 0, skipped: 0 };
/** The parts that did not end well. */
const failed = [];

ensureInstalled();
fs.rmSync(artifacts, { recursive: true, force: true });
fs.mkdirSync(artifacts, { recursive: true });

step(
  'Types',
  ['tsc', '-p', 'tsconfig.node.json'],
  ['tsc', '-p', 'tsconfig.web.json'],
  ['tsc', '-p', 'tsconfig.web-tests.json'],
);
step('Lint', ['biome', 'check', '--formatter-enabled=false', '--error-on-warnings', '.']);
step('Format', ['biome', 'format', '.']);
step('Build', ['node', 'scripts/build.mjs', '--if-stale']);

const vitestReport = path.join(artifacts, 'vitest.json');
step('Unit and integration tests', [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${vitestReport}`,
]);
countVitest(vitestReport);

ensureChromium();
endTogether();
const desktop = desktopTests();
say('\n=== Browser tests ===');
finish('Browser tests', await playwright('browser', ['browser', 'element', 'visual']));
const beside = await desktop;
if (beside !== null) {
  // A file until now: the lines of both at once would be read by nobody.
  say('\n=== Desktop tests (ran beside the browser tests) ===');
  say(fs.readFileSync(beside.log, 'utf8').trimEnd());
  finish('Desktop tests', beside);
}

const well = failed.length === 0 && counts.failed === 0;
sayCounts(well ? 0 : 1);
if (well) process.exit(0);
fail(`Failed: ${failed.join(', ')}`);

/** Runs commands one after the other; the first that fails ends everything. */
function step(name, ...commands) {
  const started = Date.now();
  say(`\n=== ${name} ===`);
  for (const command of commands) {
    if (run(command).status !== 0) {
      sayCounts(1);
      fail(`\n${name}: failed`);
    }
  }
  say(`(${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

/** Runs projects of Playwright; their report is read when they have ended. */
async function playwright(name, projects, { wrapper = [], log } = {}) {
  const report = path.join(artifacts, `playwright-${name}.json`);
  const only = projects.map((project) => `--project=${project}`);
  const ended = await start([...wrapper, 'playwright', 'test', ...only, '--reporter=list,json'], {
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    log,
  });
  return { ...ended, report, log };
}

/** Begins with the desktop tests, or says why not. */
function desktopTests() {
  if (electronBinary() === null) {
    say('\n=== Desktop tests: skipped: no Electron binary ===');
    say('(Run `npx install-electron`, or set ELECTRON_OVERRIDE_DIST_PATH to a folder with one.)');
    return null;
  }
  const wrapper = process.platform === 'linux' ? ['scripts/with-desktop.sh'] : [];
  return playwright('electron', ['electron'], { wrapper, log: path.join(artifacts, 'desktop-tests.txt') });
}

/** Counts what a report tells; a run that failed without a failed test, or without a report, is a failure too. */
function finish(name, { well, seconds, report }) {
  if (fs.existsSync(report)) {
    const { stats } = JSON.parse(fs.readFileSync(report, 'utf8'));
    counts.passed += stats.expected + stats.flaky;
    counts.failed += stats.unexpected;
    counts.skipped += stats.skipped;
  } else well = false;
  if (!well) failed.push(name);
  say(well ? `(${seconds.toFixed(1)} s)` : `\n${name}: failed`);
}

function countVitest(report) {
  const result = JSON.parse(fs.readFileSync(report, 'utf8'));
  counts.passed += result.numPassedTests;
  counts.failed += result.numFailedTests;
  counts.skipped += result.numPendingTests + (result.numTodoTests ?? 0);
}

/** Says how many tests there were; at least so many failed, whatever the reports say. */
function sayCounts(failures) {
  say(`\n${counts.passed} passed, ${Math.max(counts.failed, failures)} failed, ${counts.skipped} skipped`);
}

function run([command, ...args], env = {}) {
  return spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: projectEnv(env),
    shell: process.platform === 'win32',
  });
}

/** A system Chromium, Debian's when we may install it, or else Playwright's own. */
function ensureChromium() {
  if (systemBrowser('quick') !== undefined) return;
  const debianRoot = process.getuid?.() === 0 && fs.existsSync('/etc/debian_version');
  if (debianRoot) {
    const install = ['apt-get', 'install', '-y', '-qq', '--no-install-recommends'];
    step(
      'Chromium from Debian',
      ['apt-get', 'update', '-qq'],
      [...install, 'chromium', 'chromium-headless-shell'],
    );
  } else {
    step('Chromium', ['playwright', 'install', 'chromium']);
  }
}
