/** Values that the props of many components share (protocol §7.1). */
import { z } from 'zod';
import { iconNameSchema } from '../icons.ts';

/** A token, any CSS colour, or one for each theme. */
export const colorSchema = z.union([z.string(), z.object({ light: z.string(), dark: z.string() })]);

/** Spacing units as a number, CSS as text. */
export const lengthSchema = z.union([z.number(), z.string()]);

const edges = <T extends z.ZodType>(value: T) =>
  z.strictObject({
    top: value.nullish(),
    right: value.nullish(),
    bottom: value.nullish(),
    left: value.nullish(),
    x: value.nullish(),
    y: value.nullish(),
  });

export const spacingSchema = z.union([lengthSchema, edges(lengthSchema)]);

const borderSchema = z.strictObject({
  size: z.number(),
  color: colorSchema.nullish(),
  style: z.enum(['solid', 'dashed', 'dotted', 'double', 'groove', 'ridge', 'inset', 'outset']).nullish(),
});
export const bordersSchema = z.union([z.number(), borderSchema, edges(z.union([z.number(), borderSchema]))]);

export const alignSchema = z.enum(['start', 'center', 'end', 'baseline', 'stretch']);
export const justifySchema = z.enum(['start', 'center', 'end', 'between', 'around', 'evenly', 'stretch']);
export const textAlignSchema = z.enum(['start', 'center', 'end']);
export const weightSchema = z.enum(['normal', 'medium', 'semibold', 'bold']);
export const themeSchema = z.enum(['light', 'dark']);
export const radiusSchema = z.enum([
  '2xs',
  'xs',
  'sm',
  'md',
  'lg',
  'xl',
  '2xl',
  '3xl',
  '4xl',
  'full',
  '100%',
  'none',
]);
export const controlVariantSchema = z.enum(['solid', 'soft', 'outline', 'ghost']);
export const controlSizeSchema = z.enum(['3xs', '2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl']);
export const textSizeSchema = z.enum(['xs', 'sm', 'md', 'lg', 'xl']);
export const titleSizeSchema = z.enum(['sm', 'md', 'lg', 'xl', '2xl', '3xl', '4xl', '5xl']);
export const iconSizeSchema = z.enum(['xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl']);

/** The line at the top of a card or list. */
export const statusSchema = z.union([
  z.strictObject({ text: z.string(), icon: iconNameSchema }),
  z.strictObject({ text: z.string(), favicon: z.string().nullish(), frame: z.boolean().nullish() }),
]);

/** Sizes that nearly every block takes. */
export const sizeProps = {
  height: lengthSchema.nullish(),
  width: lengthSchema.nullish(),
  size: lengthSchema.nullish(),
  minHeight: lengthSchema.nullish(),
  minWidth: lengthSchema.nullish(),
  minSize: lengthSchema.nullish(),
  maxHeight: lengthSchema.nullish(),
  maxWidth: lengthSchema.nullish(),
  maxSize: lengthSchema.nullish(),
  aspectRatio: lengthSchema.nullish(),
};

/** What every box takes. */
export const boxProps = {
  ...sizeProps,
  align: alignSchema.nullish(),
  justify: justifySchema.nullish(),
  wrap: z.enum(['nowrap', 'wrap', 'wrap-reverse']).nullish(),
  flex: lengthSchema.nullish(),
  gap: lengthSchema.nullish(),
  padding: spacingSchema.nullish(),
  margin: spacingSchema.nullish(),
  border: bordersSchema.nullish(),
  radius: radiusSchema.nullish(),
  background: colorSchema.nullish(),
};
