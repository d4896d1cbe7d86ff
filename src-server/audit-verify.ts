/** `npm run audit:verify`: checks the chain of the audit without changing anything, also while Foyer runs. */
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { AuditFinding, AuditReport } from '../src-shared/api/index.ts';
import { readAnchor } from './accounts/audit/anchor.ts';
import { chainKey } from './accounts/audit/chain.ts';
import { verifyAudit } from './accounts/audit/verify.ts';
import { readInstallKey } from './accounts/install-key.ts';
import { connectReadOnly } from './database/connect.ts';
import { openKeychain } from './keychain/index.ts';
import { defaultDataDir } from './settings/paths.ts';
import { loadSettings, readEnvFile } from './settings/settings.ts';

const EXIT = { intact: 0, broken: 1, unchecked: 2 } as const satisfies Record<AuditReport['outcome'], number>;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { data: { type: 'string' } } });
  const envFile = path.join(process.cwd(), '.env');
  const env = { ...readEnvFile(envFile), ...process.env };
  const dataDir = path.resolve(values.data ?? (env.FOYER_DATA || defaultDataDir(env)));
  const settings = loadSettings({ dataDir, env: process.env, envFile });
  const database = connectReadOnly(path.join(dataDir, 'foyer.db'));
  try {
    const fact = database.prepare<[string], string>('SELECT value FROM installation WHERE name = ?').pluck();
    const installId = fact.get('id') ?? '';
    const keychain = openKeychain({ kind: settings.value('FOYER_KEYCHAIN'), dataDir });
    const known = fact.get('install_key_fingerprint') ?? null;
    const installKey = await readInstallKey(keychain, installId, known);
    const anchor = await readAnchor(keychain, installId);
    const report = verifyAudit({
      database,
      key: known === null ? null : chainKey(installKey),
      anchor: anchor.state === 'known' ? anchor.head : null,
      onProgress: showProgress,
    });
    showProgress(0, 0);
    for (const line of linesOf(report)) console.log(line);
    if (installKey.state !== 'ok') console.log(`The keychain gave no key: ${installKey.reason}`);
    return EXIT[report.outcome];
  } finally {
    database.close();
  }
}

function linesOf(report: AuditReport): string[] {
  const { rows, adopted, unchained, newest, findings, found } = report;
  const upTo = newest === null ? '' : `, the newest number ${newest.sequence} of ${newest.at}`;
  const first = {
    intact: `The audit is as it was written: ${rows} rows${upTo}.`,
    broken: `The audit is NOT as it was written: ${rows} rows${upTo}. What was found, first things first:`,
    unchecked: `${rows} rows${upTo}. No number is missing; more cannot be told without the key of the chain.`,
  }[report.outcome];
  return [
    first,
    ...findings.map((finding) => `  ${sentence(finding)}`),
    ...(found > findings.length ? [`  … and ${found - findings.length} more.`] : []),
    ...(adopted > 0 ? [`${adopted} rows were chained only after they had been written.`] : []),
    ...(unchained > 0 ? [`${unchained} rows are not chained: they were written without the key.`] : []),
  ];
}

function sentence(finding: AuditFinding): string {
  const since = finding.after === null ? '' : `, after the sound row of ${finding.after}`;
  switch (finding.kind) {
    case 'missing': {
      const which =
        finding.from === finding.to ? `Row ${finding.from} is` : `Rows ${finding.from} to ${finding.to} are`;
      return `${which} missing${since}${finding.before === null ? '' : `, before ${finding.before}`}.`;
    }
    case 'newest_unknown':
      return `The record of the newest row is gone or damaged: rows can be missing${since}.`;
    case 'altered':
      return `Row ${finding.sequence} of ${finding.at} was altered${since}.`;
    case 'inserted':
      return `Row ${finding.sequence} of ${finding.at} was not written by Foyer${since}.`;
    case 'moved':
      return `Row ${finding.sequence} of ${finding.at} stands where another one stood${since}.`;
    case 'noted_lost':
      return `Row ${finding.sequence} of ${finding.at}: Foyer noted that the newest rows before it had been tampered with${since}.`;
    case 'rolled_back':
      return `Row ${finding.sequence} of ${finding.at ?? 'an unknown time'}: an older copy of foyer.db was put back${since}.`;
  }
}

/** On one line, where somebody watches. @param total 0 takes the line away */
function showProgress(done: number, total: number): void {
  if (!process.stderr.isTTY) return;
  const text = total === 0 ? '' : `Checking row ${done} of ${total} …`;
  process.stderr.write(`\r${text.padEnd(50)}${total === 0 ? '\r' : ''}`);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 3;
  },
);
