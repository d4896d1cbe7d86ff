import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readWindowState, writeWindowState } from './window-state.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-window-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const file = path.join(folder, 'window.json');
const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
const state = { x: 100, y: 50, width: 1200, height: 800, maximized: false };

it('remembers the window', () => {
  writeWindowState(file, state);
  expect(readWindowState(file, screens)).toEqual(state);
});

it.each([
  ['a screen that is gone', { ...state, x: 3000 }],
  ['above the screen', { ...state, y: -500 }],
  ['below the screen', { ...state, y: 1070 }],
  ['no size', { ...state, width: 0 }],
])('forgets a window with %s', (_name, saved) => {
  writeWindowState(file, saved);
  expect(readWindowState(file, screens)).toBeNull();
});

it('does without a file, and with a broken one', () => {
  expect(readWindowState(path.join(folder, 'none.json'), screens)).toBeNull();
  fs.writeFileSync(file, '{"x":');
  expect(readWindowState(file, screens)).toBeNull();
  writeWindowState(path.join(folder, 'no', 'such', 'folder.json'), state);
});
