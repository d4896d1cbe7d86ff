/** What a browser loads before the chat can be used stays small. Measures the built files. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { chatPageScripts, gzipSize, staticClosure } from '../../scripts/bench/lib/bundle.ts';
import { fullEn } from '../../src-renderer/app/i18n/full-en.ts';

const dir = path.resolve(import.meta.dirname, '../../out/renderer');
/** In bytes after gzip. */
const BUDGET = 216_000;

describe('the scripts before the first use', () => {
  it('of the chat page stay within the budget', () => {
    const scripts = chatPageScripts(dir);
    expect(scripts.length).toBeGreaterThan(3);
    expect(gzipSize(dir, scripts)).toBeLessThanOrEqual(BUDGET);
  });

  it('of the element alone stay within the budget', () => {
    const scripts = staticClosure(dir, ['chatkit.js']);
    expect(scripts.length).toBeGreaterThan(1);
    expect(gzipSize(dir, scripts)).toBeLessThanOrEqual(BUDGET);
  });

  it('leave out what comes later, or only some answers need', () => {
    const scripts = [...chatPageScripts(dir), ...staticClosure(dir, ['chatkit.js'])].join('\n');
    for (const part of ['Transcript', 'Markdown', 'HistoryView', 'highlighter', 'typeset', 'menu-parts']) {
      expect(scripts).not.toContain(part);
    }
  });

  it('leave out the sentences of the administration', () => {
    const text = chatPageScripts(dir)
      .map((file) => fs.readFileSync(path.join(dir, file), 'utf8'))
      .join('\n');
    expect(text).toContain(fullEn.administration.nav.title);
    for (const part of [fullEn.audit, fullEn.governance.usage, fullEn.users, fullEn.keys, fullEn.settings]) {
      expect(text).not.toContain(part.lead);
    }
  });
});
