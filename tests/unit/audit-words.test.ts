/** Whatever can be written down has words in both languages, so that no page shows a name of the code. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { auditGroupOf } from '../../src-shared/api/index.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const actions = [...read('src-server/accounts/audit.ts').matchAll(/^ {2}\| '([a-z_.]+)'/gm)].map(
  ([, name]) => name!,
);

it.each(['en', 'fr'])('in %s', (locale) => {
  const texts = read(`src-renderer/app/i18n/audit-${locale}.ts`);
  expect(actions.length).toBeGreaterThan(20);
  expect(actions.filter((action) => !texts.includes(`'${action}': '`))).toEqual([]);
});

it('and is found by its kind', () => {
  expect(actions.filter((action) => auditGroupOf(action) === 'other')).toEqual([]);
});
