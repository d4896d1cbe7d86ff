/** `npm run conformance -- FILE.jsonl …`: prints what failed and how many passed; without a file, runs our own cases. */
import fs from 'node:fs';
import path from 'node:path';
import { runLines } from './run.ts';
import { STRICTER_RULES, type StricterRule } from './stricter-rules.ts';

const own = path.join(import.meta.dirname, 'cases');
const named = process.argv.slice(2);
const files =
  named.length > 0
    ? named
    : fs
        .readdirSync(own)
        .filter((name) => name.endsWith('.jsonl'))
        .map((name) => path.join(own, name));

let passed = 0;
let failed = 0;
const byRule = new Map<StricterRule, string[]>();
for (const file of files) {
  await runLines(fs.readFileSync(file, 'utf8'), ({ id, title, failure, rules }) => {
    if (failure === null) passed += 1;
    else {
      failed += 1;
      console.log(`FAILED ${id} ${title}\n${failure.replaceAll(/^/gm, '    ')}`);
    }
    for (const rule of rules) byRule.set(rule, [...(byRule.get(rule) ?? []), id]);
  });
}
for (const [rule, ids] of byRule) {
  console.log(`Stricter than the recording in ${ids.join(', ')}: ${STRICTER_RULES[rule]}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
