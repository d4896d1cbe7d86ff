/**
 * What the page can stand without: everything that draws answers, and the history. It loads beside the first request of
 * a thread, or while nothing else is to do.
 */
import { lazy } from 'react';

const transcript = () => import('./Transcript.tsx');
const markdown = () => import('./markdown/Markdown.tsx');
const history = () => import('./history/HistoryView.tsx');

export const Transcript = lazy(async () => ({ default: (await transcript()).Transcript }));
export const Markdown = lazy(async () => ({ default: (await markdown()).Markdown }));
export const HistoryView = lazy(async () => ({ default: (await history()).HistoryView }));

/** Begins to load what draws answers, then the history. A failure shows where the part is used. */
export function preloadViews(): void {
  transcript()
    .then(history)
    .catch(() => {});
}
