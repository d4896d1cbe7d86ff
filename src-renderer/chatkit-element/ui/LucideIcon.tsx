import { Drawing } from './Drawing.tsx';
import { FILLED_ICONS } from './icon-paths.ts';
import { lucidePath } from './lucide-paths.ts';

/** Drawings that point along the line of text. */
const DIRECTIONAL: ReadonlySet<string> = new Set([
  ...['arrow-left', 'arrow-right', 'arrow-up-right', 'chevron-left', 'chevron-right', 'list', 'align-left'],
  ...['log-in', 'log-out', 'send', 'rotate-ccw', 'undo-2', 'volume-2'],
]);

/** An icon by its name at lucide.dev, without the prefix. */
export default function LucideIcon({ name, size }: { name: string; size: number }) {
  return (
    <Drawing
      path={lucidePath(name)}
      size={size}
      filled={FILLED_ICONS.has(name)}
      turns={DIRECTIONAL.has(name)}
    />
  );
}
