/** Box props as inline styles: every value is checked, every side is logical, so that boxes mirror from right to left. */
import type { CSSProperties } from 'react';
import { cssColor, cssFlex, cssLength, cssRatio, type Scheme } from './css-values.ts';

const ALIGN: Readonly<Record<string, string>> = { start: 'flex-start', end: 'flex-end' };
const JUSTIFY: Readonly<Record<string, string>> = {
  ...ALIGN,
  between: 'space-between',
  around: 'space-around',
  evenly: 'space-evenly',
};

/** `align-items` for a word of the widget language. */
export function alignItems(align: string | null | undefined): string | undefined {
  return align == null ? undefined : (ALIGN[align] ?? align);
}

/** `justify-content` for a word of the widget language. */
export function justifyContent(justify: string | null | undefined): string | undefined {
  return justify == null ? undefined : (JUSTIFY[justify] ?? justify);
}

const RADII: Readonly<Record<string, string>> = {
  '2xs': '2px',
  xs: '4px',
  sm: '6px',
  md: '8px',
  lg: '10px',
  xl: '12px',
  '2xl': '16px',
  '3xl': '20px',
  '4xl': '24px',
  full: '9999px',
  '100%': '100%',
  none: '0',
};

/** A radius word as CSS. */
export function radius(value: string | null | undefined): string | undefined {
  return value == null ? undefined : RADII[value];
}

type Edge = 'blockStart' | 'inlineEnd' | 'blockEnd' | 'inlineStart';
const EDGES: readonly (readonly [edge: Edge, own: string, both: string])[] = [
  ['blockStart', 'top', 'y'],
  ['inlineEnd', 'right', 'x'],
  ['blockEnd', 'bottom', 'y'],
  ['inlineStart', 'left', 'x'],
];

/** One value for each edge, of a single value or of an object of edges. `left` is where lines begin. */
function perEdge(value: unknown, isWhole: (value: unknown) => boolean): Partial<Record<Edge, unknown>> {
  if (value == null) return {};
  return Object.fromEntries(
    EDGES.map(([edge, own, both]) => {
      if (typeof value !== 'object' || isWhole(value)) return [edge, value];
      return [edge, Reflect.get(value, own) ?? Reflect.get(value, both)];
    }),
  );
}

const never = () => false;

/** `padding` of a spacing value; numbers are steps of 4 px. */
export function padding(value: unknown): CSSProperties {
  const edges = perEdge(value, never);
  return {
    paddingBlockStart: cssLength(edges.blockStart, 4),
    paddingInlineEnd: cssLength(edges.inlineEnd, 4),
    paddingBlockEnd: cssLength(edges.blockEnd, 4),
    paddingInlineStart: cssLength(edges.inlineStart, 4),
  };
}

/** `margin` of a spacing value; never negative, so that nothing can be laid over its surroundings. */
export function margin(value: unknown): CSSProperties {
  const edges = perEdge(value, never);
  return {
    marginBlockStart: cssLength(edges.blockStart, 4),
    marginInlineEnd: cssLength(edges.inlineEnd, 4),
    marginBlockEnd: cssLength(edges.blockEnd, 4),
    marginInlineStart: cssLength(edges.inlineStart, 4),
  };
}

const MAX_BORDER = 16;

function borderLine(value: unknown, scheme: Scheme): string | undefined {
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || value < 0) return undefined;
    return `${Math.min(value, MAX_BORDER)}px solid var(--ck-border)`;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const size: unknown = Reflect.get(value, 'size');
  if (typeof size !== 'number' || !Number.isFinite(size) || size < 0) return undefined;
  const style: unknown = Reflect.get(value, 'style');
  const color = cssColor(Reflect.get(value, 'color'), 'border', scheme) ?? 'var(--ck-border)';
  const line = typeof style === 'string' && /^[a-z]{5,6}$/.test(style) ? style : 'solid';
  return `${Math.min(size, MAX_BORDER)}px ${line} ${color}`;
}

/** `border` of one line or of one for each edge. */
export function borders(value: unknown, scheme: Scheme): CSSProperties {
  const isLine = (whole: unknown) => typeof whole === 'object' && whole !== null && 'size' in whole;
  const edges = perEdge(value, isLine);
  return {
    borderBlockStart: borderLine(edges.blockStart, scheme),
    borderInlineEnd: borderLine(edges.inlineEnd, scheme),
    borderBlockEnd: borderLine(edges.blockEnd, scheme),
    borderInlineStart: borderLine(edges.inlineStart, scheme),
  };
}

/** The sizes that nearly every block takes; numbers are pixels. */
export interface SizeProps {
  height?: unknown;
  width?: unknown;
  size?: unknown;
  minHeight?: unknown;
  minWidth?: unknown;
  minSize?: unknown;
  maxHeight?: unknown;
  maxWidth?: unknown;
  maxSize?: unknown;
  aspectRatio?: unknown;
}

/** Sizes as CSS; `size` stands for both sides that have no own value. */
export function sizes(props: SizeProps): CSSProperties {
  return {
    height: cssLength(props.height ?? props.size, 1),
    width: cssLength(props.width ?? props.size, 1),
    minHeight: cssLength(props.minHeight ?? props.minSize, 1),
    minWidth: cssLength(props.minWidth ?? props.minSize, 1),
    maxHeight: cssLength(props.maxHeight ?? props.maxSize, 1),
    maxWidth: cssLength(props.maxWidth ?? props.maxSize, 1),
    aspectRatio: props.aspectRatio == null ? undefined : cssRatio(props.aspectRatio),
  };
}

/** Everything that a box takes. */
export interface BoxProps extends SizeProps {
  align?: string | null | undefined;
  justify?: string | null | undefined;
  wrap?: 'nowrap' | 'wrap' | 'wrap-reverse' | null | undefined;
  flex?: unknown;
  gap?: unknown;
  padding?: unknown;
  margin?: unknown;
  border?: unknown;
  radius?: string | null | undefined;
  background?: unknown;
}

/** The inline style of a box. */
export function boxStyle(props: BoxProps, direction: 'row' | 'col', scheme: Scheme): CSSProperties {
  return {
    flexDirection: direction === 'row' ? 'row' : 'column',
    alignItems: alignItems(props.align),
    justifyContent: justifyContent(props.justify),
    flexWrap: props.wrap ?? undefined,
    flex: cssFlex(props.flex),
    gap: cssLength(props.gap, 4),
    ...padding(props.padding),
    ...margin(props.margin),
    ...borders(props.border, scheme),
    ...sizes(props),
    borderRadius: radius(props.radius),
    background: cssColor(props.background, 'background', scheme),
  };
}
