/** The props of `Chart` (protocol §7.1). */
import { z } from 'zod';
import { colorSchema, lengthSchema, sizeProps } from './values.ts';

/** The names of d3's curves. */
const curveSchema = z.enum([
  'basis',
  'basisClosed',
  'basisOpen',
  'bumpX',
  'bumpY',
  'bump',
  'linear',
  'linearClosed',
  'natural',
  'monotoneX',
  'monotoneY',
  'monotone',
  'step',
  'stepBefore',
  'stepAfter',
]);

const series = { label: z.string().nullish(), dataKey: z.string(), color: colorSchema.nullish() };

const seriesSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bar'), ...series, stack: z.string().nullish() }),
  z.strictObject({
    type: z.literal('area'),
    ...series,
    stack: z.string().nullish(),
    curveType: curveSchema.nullish(),
  }),
  z.strictObject({ type: z.literal('line'), ...series, curveType: curveSchema.nullish() }),
]);

export const chartProps = {
  ...sizeProps,
  data: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
  series: z.array(seriesSchema),
  xAxis: z.union([
    z.string(),
    z.strictObject({
      dataKey: z.string(),
      hide: z.boolean().nullish(),
      labels: z.record(z.string(), z.string()).nullish(),
    }),
  ]),
  showYAxis: z.boolean().nullish(),
  showLegend: z.boolean().nullish(),
  showTooltip: z.boolean().nullish(),
  barGap: z.number().nullish(),
  barCategoryGap: z.number().nullish(),
  flex: lengthSchema.nullish(),
};
