/** Words: Text, Title, Caption, Label, Markdown, Badge, Icon. */
import type { CSSProperties } from 'react';
import { componentSchemas } from '../../../../src-shared/chatkit/index.ts';
import { Icon } from '../Icon.tsx';
import { Markdown } from '../markdown/Markdown.tsx';
import { cssColor, cssLength, type Scheme } from './css-values.ts';
import { EditableText } from './EditableText.tsx';
import type { PartProps } from './part.ts';
import { readProps } from './props.ts';
import { fieldId, useScheme, useWidget } from './scope.ts';

interface Wording {
  color?: unknown;
  weight?: string | null | undefined;
  textAlign?: 'start' | 'center' | 'end' | null | undefined;
  truncate?: boolean | null | undefined;
  maxLines?: number | null | undefined;
  minLines?: number | null | undefined;
}

const WEIGHTS: Readonly<Record<string, number>> = { normal: 400, medium: 500, semibold: 600, bold: 700 };
/** More lines than this are not cut at all. */
const MAX_LINES = 200;

function lines(count: number | null | undefined): number | undefined {
  return count == null || count < 1 ? undefined : Math.min(count, MAX_LINES);
}

/** Colour, weight, alignment, and the number of lines shown. */
function wording(
  props: Wording,
  scheme: Scheme,
): { style: CSSProperties; clamp: 'one' | 'some' | undefined } {
  const max = props.truncate === true ? 1 : lines(props.maxLines);
  const min = lines(props.minLines);
  return {
    clamp: max === undefined ? undefined : max === 1 ? 'one' : 'some',
    style: {
      color: cssColor(props.color, 'text', scheme),
      fontWeight: props.weight == null ? undefined : WEIGHTS[props.weight],
      textAlign: props.textAlign ?? undefined,
      WebkitLineClamp: max !== undefined && max > 1 ? max : undefined,
      minHeight: min === undefined ? undefined : `${min}lh`,
    },
  };
}

/** Text that may stream in, or that a person may change in place. */
export function Text({ node }: PartProps) {
  const scheme = useScheme();
  const props = readProps(componentSchemas.Text, node);
  if (props === null) return null;
  const { style, clamp } = wording(props, scheme);
  const size = props.size ?? 'md';
  const full: CSSProperties = {
    ...style,
    width: cssLength(props.width, 1),
    fontStyle: props.italic === true ? 'italic' : undefined,
    textDecoration: props.lineThrough === true ? 'line-through' : undefined,
  };
  const { editable } = props;
  if (editable != null && editable !== false) {
    const many = (props.maxLines ?? 1) > 1 || (props.minLines ?? 1) > 1;
    const rows = many ? (lines(props.minLines) ?? 2) : undefined;
    return <EditableText editable={editable} value={props.value} size={size} rows={rows} style={full} />;
  }
  return (
    <p className="ckw-text" data-size={size} data-clamp={clamp} style={full} dir="auto">
      {props.value}
    </p>
  );
}

/** A heading inside a card; read as one, below the headings of the conversation. */
export function Title({ node }: PartProps) {
  const scheme = useScheme();
  const props = readProps(componentSchemas.Title, node);
  if (props === null) return null;
  const { style, clamp } = wording(props, scheme);
  return (
    <h3 className="ckw-title" data-size={props.size ?? 'md'} data-clamp={clamp} style={style} dir="auto">
      {props.value}
    </h3>
  );
}

/** Small words beside something. */
export function Caption({ node }: PartProps) {
  const scheme = useScheme();
  const props = readProps(componentSchemas.Caption, node);
  if (props === null) return null;
  const { style, clamp } = wording(props, scheme);
  return (
    <p className="ckw-caption" data-size={props.size ?? 'md'} data-clamp={clamp} style={style} dir="auto">
      {props.value}
    </p>
  );
}

/** The name of a field; a click on it goes to the field. */
export function Label({ node }: PartProps) {
  const scheme = useScheme();
  const widget = useWidget();
  const props = readProps(componentSchemas.Label, node);
  if (props === null) return null;
  const { style } = wording(props, scheme);
  const target = fieldId(widget, props.fieldName);
  return (
    <label
      className="ckw-label"
      htmlFor={target}
      id={`${target}-label`}
      data-size={props.size ?? 'sm'}
      style={style}
      dir="auto"
    >
      {props.value}
    </label>
  );
}

/** The element's own Markdown. */
export function MarkdownPart({ node }: PartProps) {
  const props = readProps(componentSchemas.Markdown, node);
  return props === null ? null : <Markdown text={props.value} streaming={props.streaming === true} />;
}

export function Badge({ node }: PartProps) {
  const props = readProps(componentSchemas.Badge, node);
  if (props === null) return null;
  return (
    <span
      className="ckw-badge"
      data-tone={props.color ?? 'secondary'}
      data-variant={props.variant ?? 'soft'}
      data-size={props.size ?? 'sm'}
      data-pill={props.pill !== false || undefined}
      dir="auto"
    >
      {props.label}
    </span>
  );
}

const ICON_SIZES: Readonly<Record<string, number>> = {
  xs: 12,
  sm: 14,
  md: 16,
  lg: 20,
  xl: 24,
  '2xl': 28,
  '3xl': 36,
};

/** Pixels of an icon of this size. */
export function iconPixels(size: string | null | undefined): number {
  return ICON_SIZES[size ?? 'md'] ?? 16;
}

export function IconPart({ node }: PartProps) {
  const scheme = useScheme();
  const props = readProps(componentSchemas.Icon, node);
  if (props === null) return null;
  return (
    <span className="ckw-icon" style={{ color: cssColor(props.color, 'text', scheme) }}>
      <Icon name={props.name} size={iconPixels(props.size)} />
    </span>
  );
}
