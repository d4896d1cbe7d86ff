/**
 * What the page can stand without: everything that draws answers. It loads beside the first request of a thread, or
 * while nothing else is to do.
 */
import { lazy } from 'react';

const transcript = () => import('./Transcript.tsx');
const markdown = () => import('./markdown/Markdown.tsx');

export const Transcript = lazy(async () => ({ default: (await transcript()).Transcript }));
export const Markdown = lazy(async () => ({ default: (await markdown()).Markdown }));

/** Begins to load what draws answers. A failure shows where the part is used. */
export function preloadTranscript(): void {
  transcript().catch(() => {});
}
