/** For names without a drawing: a dot, which says nothing wrong and keeps the place. */
const DOT = 'M12 10.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Z';

interface DrawingProps {
  /** Undefined: nothing is known to draw. */
  path: string | undefined;
  size: number;
  filled: boolean;
  /** Points along the line of text, and so the other way from right to left. */
  turns: boolean;
}

/** One drawing of the set: a 24 px grid and strokes of 1.75 px. */
export function Drawing({ path, size, filled, turns }: DrawingProps) {
  return (
    <svg
      className={turns ? 'ck-icon ck-icon--directional' : 'ck-icon'}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={filled || path === undefined ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={path ?? DOT} />
    </svg>
  );
}
