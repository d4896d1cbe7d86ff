/** The drawing of a chart. In a file of its own, so that its library is loaded only when a chart is shown. */
import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { ChartData } from './Chart.tsx';

const TICK = { fill: 'var(--ckw-text-secondary)', fontSize: 12 };
const TOOLTIP = {
  background: 'var(--ckw-elevated)',
  border: '1px solid var(--ck-border)',
  borderRadius: 10,
  color: 'var(--ckw-text)',
  fontSize: 13,
  padding: '6px 10px',
};

function still(): boolean {
  return globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? true;
}

interface ChartCanvasProps {
  chart: ChartData;
  /** From right to left the first value stands at the right. */
  rtl: boolean;
}

export default function ChartCanvas({ chart, rtl }: ChartCanvasProps) {
  const { data, series, xAxis } = chart;
  const animate = !still();
  const bars = series.some(({ type }) => type === 'bar');
  const bare = xAxis.hide && chart.showYAxis !== true;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={data}
        accessibilityLayer={false}
        margin={{ top: 8, right: 8, bottom: 0, left: 8 }}
        {...(chart.barGap == null ? {} : { barGap: chart.barGap })}
        {...(chart.barCategoryGap == null ? {} : { barCategoryGap: chart.barCategoryGap })}
      >
        {!bare && <CartesianGrid vertical={false} stroke="var(--ck-border)" />}
        <XAxis
          dataKey={xAxis.dataKey}
          hide={xAxis.hide}
          reversed={rtl}
          tickFormatter={xAxis.label}
          tickLine={false}
          axisLine={false}
          tick={TICK}
          tickMargin={8}
          minTickGap={12}
          // Room for half of the first and last label, which would be left out.
          padding={bars || xAxis.hide ? { left: 0, right: 0 } : { left: 20, right: 20 }}
        />
        <YAxis
          hide={chart.showYAxis !== true}
          orientation={rtl ? 'right' : 'left'}
          tickLine={false}
          axisLine={false}
          tick={TICK}
          width="auto"
        />
        {chart.showTooltip !== false && (
          <Tooltip
            contentStyle={TOOLTIP}
            itemStyle={{ color: 'var(--ckw-text)', padding: 0 }}
            labelFormatter={xAxis.label}
            cursor={{ fill: 'var(--ck-surface-strong)', stroke: 'var(--ck-border-strong)', fillOpacity: 0.5 }}
            isAnimationActive={false}
          />
        )}
        {series.map((one) => {
          const shared = {
            dataKey: one.dataKey,
            name: one.name,
            isAnimationActive: animate,
            animationDuration: 400,
          };
          const key = `${one.dataKey}:${one.name}`;
          switch (one.type) {
            case 'bar':
              return (
                <Bar
                  key={key}
                  {...shared}
                  fill={one.paint}
                  radius={one.stack == null ? [4, 4, 0, 0] : 0}
                  maxBarSize={56}
                  {...(one.stack == null ? {} : { stackId: one.stack })}
                />
              );
            case 'area':
              return (
                <Area
                  key={key}
                  {...shared}
                  type={one.curveType ?? 'monotone'}
                  stroke={one.paint}
                  strokeWidth={2}
                  fill={one.paint}
                  fillOpacity={0.2}
                  {...(one.stack == null ? {} : { stackId: one.stack })}
                />
              );
            case 'line':
              return (
                <Line
                  key={key}
                  {...shared}
                  type={one.curveType ?? 'monotone'}
                  stroke={one.paint}
                  strokeWidth={2}
                  dot={data.length <= 12 ? { r: 3, fill: 'var(--ckw-elevated)', fillOpacity: 1 } : false}
                />
              );
          }
          return null;
        })}
      </ComposedChart>
    </ResponsiveContainer>
  );
}
