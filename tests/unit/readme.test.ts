/** The README's table of settings is made from the table in the code. `UPDATE_DOCS=1 npm run unit` rewrites it. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { VARIABLE_NAMES, VARIABLES } from '../../src-server/settings/variables.ts';

const file = path.resolve(import.meta.dirname, '..', '..', 'README.md');
const between = /(<!-- settings:start -->\n)[\s\S]*(<!-- settings:end -->)/;

function table(): string {
  const rows = VARIABLE_NAMES.map((name) => {
    const { fallback, meaning, secret } = VARIABLES[name];
    const shown = fallback === null || fallback === '' || Array.isArray(fallback) ? '' : `\`${fallback}\``;
    return `| \`${name}\`${secret ? ' (secret)' : ''} | ${shown} | ${meaning} |`;
  });
  return `| Variable | Default | Meaning |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}

it('the README lists every setting as it is', () => {
  const readme = fs.readFileSync(file, 'utf8');
  const wanted = readme.replace(between, (_all, start: string, end: string) => `${start}${table()}${end}`);
  if (process.env.UPDATE_DOCS) fs.writeFileSync(file, wanted);
  else expect(readme).toBe(wanted);
});
