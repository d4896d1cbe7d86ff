/**
 * `npm test`: everything, on a fresh machine too. Installs what is missing, checks types, lint and format, builds,
 * then runs the unit and integration tests, the browser tests and, where an Electron binary is, the desktop tests.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { electronBinary } from './lib/electron.mjs';
import { ensureInstalled, fail, projectEnv, root, say } from './lib/project.mjs';

const artifacts = path.join(root, 'tests', 'artifacts');
const counts = { passed: 0, failed: 0, skipped: 0 };

ensureInstalled();
fs.rmSync(artifacts, { recursive: true, force: true });
fs.mkdirSync(artifacts, { recursive: true });

step(
  'Types',
  ['tsc', '-p', 'tsconfig.node.json'],
  ['tsc', '-p', 'tsconfig.web.json'],
  ['tsc', '-p', 'tsconfig.web-tests.json'],
);
step('Lint', ['biome', 'lint', '--error-on-warnings', '.']);
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
playwright('Browser tests', ['browser', 'element', 'visual']);
if (electronBinary() === null) {
  say('\n=== Desktop tests: skipped: no Electron binary ===');
  say('(Run `npx install-electron`, or set ELECTRON_OVERRIDE_DIST_PATH to a folder with one.)');
} else {
  playwright('Desktop tests', ['electron'], process.platform === 'linux' ? ['scripts/with-desktop.sh'] : []);
}

say(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed === 0 ? 0 : 1);

/** Runs commands one after the other; the first that fails ends everything. */
function step(name, ...commands) {
  const started = Date.now();
  say(`\n=== ${name} ===`);
  for (const command of commands) {
    if (run(command).status !== 0) {
      finishCounts();
      fail(`\n${name}: failed`);
    }
  }
  say(`(${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

function playwright(name, projects, wrapper = []) {
  const report = path.join(artifacts, `playwright-${projects.join('-')}.json`);
  const started = Date.now();
  say(`\n=== ${name} ===`);
  const result = run(
    [
      ...wrapper,
      'playwright',
      'test',
      ...projects.map((project) => `--project=${project}`),
      '--reporter=list,json',
    ],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  );
  const { stats } = JSON.parse(fs.readFileSync(report, 'utf8'));
  counts.passed += stats.expected + stats.flaky;
  counts.failed += stats.unexpected;
  counts.skipped += stats.skipped;
  if (result.status !== 0) {
    finishCounts();
    fail(`\n${name}: failed`);
  }
  say(`(${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

function countVitest(report) {
  const result = JSON.parse(fs.readFileSync(report, 'utf8'));
  counts.passed += result.numPassedTests;
  counts.failed += result.numFailedTests;
  counts.skipped += result.numPendingTests + (result.numTodoTests ?? 0);
}

function finishCounts() {
  say(`\n${counts.passed} passed, ${Math.max(counts.failed, 1)} failed, ${counts.skipped} skipped`);
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
  const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  if (system.some((file) => fs.existsSync(file))) return;
  const debianRoot = process.getuid?.() === 0 && fs.existsSync('/etc/debian_version');
  if (debianRoot) {
    step(
      'Chromium from Debian',
      ['apt-get', 'update', '-qq'],
      ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'],
    );
  } else {
    step('Chromium', ['playwright', 'install', 'chromium']);
  }
}
