import path from 'node:path';

/** For browsers: zod that never tries to compile code. */
export const zodWithoutEval = {
  find: /^zod$/,
  replacement: path.join(import.meta.dirname, 'src-shared', 'zod-without-eval.ts'),
};
