import { lazy, Suspense } from 'react';
import { Drawing } from './Drawing.tsx';
import { FILLED_ICONS, ICON_PATHS } from './icon-paths.ts';

/** Drawings that point along the line of text, and so the other way from right to left. */
const DIRECTIONAL: ReadonlySet<string> = new Set([
  'back-large',
  'back-small',
  'quote',
  'chevron-left',
  'chevron-right',
  'double-chevron-left',
  'double-chevron-right',
]);

const LUCIDE = 'lucide:';

/** The drawings of `lucide:` names load with the first of them. Where they cannot be, each is a dot. */
const LucideIcon = lazy(() => import('./LucideIcon.tsx').catch(() => ({ default: Unknown })));

function Unknown({ size }: { size: number }) {
  return <Drawing path={undefined} size={size} filled={false} turns={false} />;
}

/** One icon of the set; decoration only, the control around it carries the label. */
export function Icon({ name, size = 20 }: { name: string; size?: number }) {
  if (name.startsWith(LUCIDE)) {
    return (
      <Suspense fallback={<Drawing path="" size={size} filled={false} turns={false} />}>
        <LucideIcon name={name.slice(LUCIDE.length)} size={size} />
      </Suspense>
    );
  }
  return (
    <Drawing
      path={Object.hasOwn(ICON_PATHS, name) ? ICON_PATHS[name] : undefined}
      size={size}
      filled={FILLED_ICONS.has(name)}
      turns={DIRECTIONAL.has(name)}
    />
  );
}
