import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { PAPER } from './colors.ts';

it('opens the window in the colour that the page will have', () => {
  const tokens = path.join(import.meta.dirname, '..', 'src-renderer', 'app', 'styles', 'tokens.css');
  const paper = /--paper: light-dark\((#\w+), (#\w+)\)/.exec(fs.readFileSync(tokens, 'utf8'));
  expect(PAPER).toEqual({ light: paper?.[1], dark: paper?.[2] });
});
