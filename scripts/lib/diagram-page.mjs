/**
 * Builds the page of the frame that draws diagrams: one document with its script inside, allowed by its hash and
 * nothing else allowed. One file, because a frame without an origin counts as another site for everything it loads.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { root } from './project.mjs';

/** @returns {Promise<string>} the document */
export async function buildDiagramPage() {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'src-renderer', 'chatkit-element', 'diagrams', 'frame.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'chrome114',
    charset: 'utf8',
    legalComments: 'eof',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  const script = outputFiles[0].text;
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Diagram</title></head><body><script>${script}</script></body></html>\n`;
}
