/**
 * The props of every component (protocol §7.1), without its children. Props that only one of the two reference
 * libraries has are taken from both.
 */
import { z } from 'zod';
import { iconNameSchema } from '../icons.ts';
import { actionConfigSchema } from './actions.ts';
import { chartProps } from './chart.ts';
import {
  alignSchema,
  bordersSchema,
  boxProps,
  colorSchema,
  controlSizeSchema,
  controlVariantSchema,
  iconSizeSchema,
  justifySchema,
  lengthSchema,
  radiusSchema,
  sizeProps,
  spacingSchema,
  statusSchema,
  textAlignSchema,
  textSizeSchema,
  themeSchema,
  titleSizeSchema,
  weightSchema,
} from './values.ts';

const action = actionConfigSchema.nullish();
const flag = z.boolean().nullish();
const text = z.string().nullish();
const count = z.int().nullish();
const directionSchema = z.enum(['row', 'col']);
const cardButtonSchema = z.strictObject({ label: z.string(), action: actionConfigSchema });

const wording = {
  value: z.string(),
  color: colorSchema.nullish(),
  weight: weightSchema.nullish(),
  textAlign: textAlignSchema.nullish(),
  truncate: flag,
  maxLines: count,
};

const typing = {
  allowAutofillExtensions: flag,
  autoSelect: flag,
  autoFocus: flag,
  pattern: text,
  placeholder: text,
  required: flag,
};

const field = {
  ...typing,
  name: z.string(),
  defaultValue: text,
  disabled: flag,
  variant: z.enum(['soft', 'outline']).nullish(),
  size: controlSizeSchema.nullish(),
  gutterSize: controlSizeSchema.nullish(),
};

const picker = {
  name: z.string(),
  onChangeAction: action,
  placeholder: text,
  defaultValue: text,
  variant: controlVariantSchema.nullish(),
  size: controlSizeSchema.nullish(),
  pill: flag,
  block: flag,
  clearable: flag,
  disabled: flag,
};

const editableSchema = z.union([
  z.literal(false),
  z.strictObject({
    ...typing,
    name: z.string(),
    autoComplete: text,
  }),
]);

const optionSchema = z.strictObject({
  value: z.string(),
  label: z.string(),
  disabled: flag,
  description: text,
});

const common = { id: z.string().nullish(), key: z.string().nullish() };

function component<Name extends string, Props extends z.ZodRawShape>(type: Name, props: Props) {
  return z.strictObject({ type: z.literal(type), ...common, ...props });
}

/** One strict schema for each component: an unknown prop makes it a component that we do not know. */
export const componentSchemas = {
  Card: component('Card', {
    asForm: flag,
    background: colorSchema.nullish(),
    border: bordersSchema.nullish(),
    size: z.enum(['sm', 'md', 'lg', 'full']).nullish(),
    padding: spacingSchema.nullish(),
    status: statusSchema.nullish(),
    collapsed: flag,
    confirm: cardButtonSchema.nullish(),
    cancel: cardButtonSchema.nullish(),
    theme: themeSchema.nullish(),
  }),
  ListView: component('ListView', {
    limit: z.union([z.int(), z.literal('auto')]).nullish(),
    status: statusSchema.nullish(),
    theme: themeSchema.nullish(),
  }),
  ListViewItem: component('ListViewItem', {
    onClickAction: action,
    gap: lengthSchema.nullish(),
    align: alignSchema.nullish(),
  }),
  Basic: component('Basic', {
    theme: themeSchema.nullish(),
    direction: directionSchema.nullish(),
    gap: lengthSchema.nullish(),
    padding: spacingSchema.nullish(),
    align: alignSchema.nullish(),
    justify: justifySchema.nullish(),
  }),
  Box: component('Box', { ...boxProps, direction: directionSchema.nullish() }),
  Row: component('Row', boxProps),
  Col: component('Col', boxProps),
  Form: component('Form', { ...boxProps, direction: directionSchema.nullish(), onSubmitAction: action }),
  Divider: component('Divider', {
    color: colorSchema.nullish(),
    size: lengthSchema.nullish(),
    spacing: lengthSchema.nullish(),
    flush: flag,
  }),
  Spacer: component('Spacer', { minSize: lengthSchema.nullish() }),
  Transition: component('Transition', {}),
  Text: component('Text', {
    ...wording,
    streaming: flag,
    italic: flag,
    lineThrough: flag,
    width: lengthSchema.nullish(),
    size: textSizeSchema.nullish(),
    minLines: count,
    editable: editableSchema.nullish(),
  }),
  Title: component('Title', { ...wording, size: titleSizeSchema.nullish() }),
  Caption: component('Caption', { ...wording, size: z.enum(['sm', 'md', 'lg']).nullish() }),
  Markdown: component('Markdown', { value: z.string(), streaming: flag }),
  Label: component('Label', {
    value: z.string(),
    fieldName: z.string(),
    size: textSizeSchema.nullish(),
    weight: weightSchema.nullish(),
    textAlign: textAlignSchema.nullish(),
    color: colorSchema.nullish(),
  }),
  Badge: component('Badge', {
    label: z.string(),
    color: z.enum(['secondary', 'success', 'danger', 'warning', 'info', 'discovery']).nullish(),
    variant: z.enum(['solid', 'soft', 'outline']).nullish(),
    size: z.enum(['sm', 'md', 'lg']).nullish(),
    pill: flag,
  }),
  Icon: component('Icon', {
    name: iconNameSchema,
    color: colorSchema.nullish(),
    size: iconSizeSchema.nullish(),
  }),
  Image: component('Image', {
    ...sizeProps,
    src: z.string(),
    alt: text,
    fit: z.enum(['none', 'cover', 'contain', 'fill', 'scale-down']).nullish(),
    position: z
      .enum([
        'center',
        'top',
        'bottom',
        'left',
        'right',
        'top left',
        'top right',
        'bottom left',
        'bottom right',
      ])
      .nullish(),
    radius: radiusSchema.nullish(),
    frame: flag,
    flush: flag,
    margin: spacingSchema.nullish(),
    background: colorSchema.nullish(),
    flex: lengthSchema.nullish(),
  }),
  Button: component('Button', {
    submit: flag,
    label: text,
    onClickAction: action,
    iconStart: iconNameSchema.nullish(),
    iconEnd: iconNameSchema.nullish(),
    style: z.enum(['primary', 'secondary']).nullish(),
    iconSize: z.enum(['sm', 'md', 'lg', 'xl', '2xl']).nullish(),
    color: z
      .enum(['primary', 'secondary', 'info', 'discovery', 'success', 'caution', 'warning', 'danger'])
      .nullish(),
    variant: controlVariantSchema.nullish(),
    size: controlSizeSchema.nullish(),
    pill: flag,
    uniform: flag,
    block: flag,
    disabled: flag,
  }),
  Select: component('Select', { ...picker, options: z.array(optionSchema), searchable: flag }),
  DatePicker: component('DatePicker', {
    ...picker,
    min: text,
    max: text,
    side: z.enum(['top', 'bottom', 'left', 'right']).nullish(),
    align: z.enum(['start', 'center', 'end']).nullish(),
  }),
  Checkbox: component('Checkbox', {
    name: z.string(),
    label: text,
    defaultChecked: flag,
    onChangeAction: action,
    disabled: flag,
    required: flag,
  }),
  Input: component('Input', {
    ...field,
    inputType: z.enum(['number', 'email', 'text', 'password', 'tel', 'url']).nullish(),
    pill: flag,
  }),
  Textarea: component('Textarea', { ...field, rows: count, autoResize: flag, maxRows: count }),
  RadioGroup: component('RadioGroup', {
    name: z.string(),
    options: z.array(z.strictObject({ label: z.string(), value: z.string(), disabled: flag })).nullish(),
    ariaLabel: text,
    onChangeAction: action,
    defaultValue: text,
    direction: directionSchema.nullish(),
    disabled: flag,
    required: flag,
  }),
  Chart: component('Chart', chartProps),
  Table: component('Table', {}),
  'Table.Row': component('Table.Row', { header: flag }),
  'Table.Cell': component('Table.Cell', {
    width: lengthSchema.nullish(),
    padding: spacingSchema.nullish(),
    colSpan: count,
    rowSpan: count,
    align: z.enum(['start', 'center', 'end']).nullish(),
    vAlign: z.enum(['top', 'center', 'bottom']).nullish(),
    colSize: textSizeSchema.nullish(),
  }),
} as const;

export type ComponentName = keyof typeof componentSchemas;

/** The props of a component as one writes them: without its type and children, defaults left out. */
export type ComponentProps<Name extends ComponentName> = Omit<
  z.input<(typeof componentSchemas)[Name]>,
  'type'
>;
