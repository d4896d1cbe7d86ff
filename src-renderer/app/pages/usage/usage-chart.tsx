import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useI18n } from '../../services.tsx';
import { formatAmount } from '../../ui/amounts.ts';
import type { BarMeasure } from './usage-bars.ts';

export interface UsageBar {
  readonly key: string;
  readonly name: string;
  readonly value: number;
}

/** What was used as bars. Loaded when it is needed; whoever cannot see it has the table. */
export default function UsageChart(props: { bars: readonly UsageBar[]; measure: BarMeasure }) {
  const { bars, measure } = props;
  const { locale } = useI18n();
  const show = (value: unknown) =>
    measure === 'amount' ? formatAmount(Number(value), locale) : Number(value).toLocaleString(locale);
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={[...bars]} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="name"
          tick={{ fill: 'var(--ink-soft)', fontSize: 12 }}
          tickLine={false}
          stroke="var(--line)"
          minTickGap={16}
        />
        <YAxis
          width={72}
          tickFormatter={show}
          allowDecimals={false}
          tick={{ fill: 'var(--ink-soft)', fontSize: 12 }}
          tickLine={false}
          axisLine={false}
        />
        <Tooltip
          formatter={(value) => [show(value), '']}
          separator=""
          cursor={{ fill: 'var(--surface-sunken)' }}
          contentStyle={{
            border: '1px solid var(--line)',
            borderRadius: 8,
            background: 'var(--surface-raised)',
            color: 'var(--ink)',
          }}
          itemStyle={{ color: 'var(--ink)' }}
          isAnimationActive={false}
        />
        <Bar
          dataKey="value"
          fill="var(--accent)"
          radius={[4, 4, 0, 0]}
          maxBarSize={48}
          isAnimationActive={false}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}
