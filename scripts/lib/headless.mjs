/** Starting the headless server. */
import path from 'node:path';
import { localNode, projectEnv, root, runForeground } from './project.mjs';

/**
 * What the server gets besides the environment of the person who starts it. The C library would give each thread a heap
 * of its own, which costs 7 MB for threads that hardly allocate anything.
 */
export const HEADLESS_ENV = { MALLOC_ARENA_MAX: '2' };

/** Runs it until it ends. */
export function runHeadless(args) {
  runForeground(
    localNode,
    [path.join(root, 'out', 'main', 'headless.cjs'), ...args],
    projectEnv(HEADLESS_ENV),
  );
}
