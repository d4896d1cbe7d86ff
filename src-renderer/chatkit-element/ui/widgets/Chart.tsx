import { lazy, Suspense } from 'react';
import type { z } from 'zod';
import { componentSchemas } from '../../../../src-shared/chatkit/index.ts';
import { Boundary } from '../Boundary.tsx';
import { usePage, useStrings } from '../context.ts';
import { SCROLLABLE } from '../scrollable.ts';
import { sizes } from './box-style.ts';
import { cssColor, cssFlex, type Scheme } from './css-values.ts';
import type { PartProps } from './part.ts';
import { readProps } from './props.ts';
import { useScheme } from './scope.ts';

/** The drawing is loaded when the first chart appears. */
const ChartCanvas = lazy(() => import('./ChartCanvas.tsx'));

/** More points than this are more than a small drawing can show. */
const MAX_ROWS = 1000;
const MAX_SERIES = 12;
const PALETTE = ['blue', 'orange', 'green', 'purple', 'red', 'yellow', 'pink'] as const;

type Props = z.output<typeof componentSchemas.Chart>;

/** A chart whose values are all safe to draw. */
export interface ChartData extends Omit<Props, 'type' | 'xAxis' | 'series' | 'data'> {
  data: Record<string, string | number>[];
  series: (Props['series'][number] & { name: string; paint: string })[];
  xAxis: { dataKey: string; hide: boolean; label(value: unknown): string };
}

/** Props as the drawing needs them: colours as CSS, series with names, one form of axis. */
export function chartData(props: Props, scheme: Scheme): ChartData {
  const axis = typeof props.xAxis === 'string' ? { dataKey: props.xAxis } : props.xAxis;
  const labels = 'labels' in axis ? axis.labels : undefined;
  return {
    ...props,
    data: props.data.slice(0, MAX_ROWS),
    series: props.series.slice(0, MAX_SERIES).map((series, index) => ({
      ...series,
      name: series.label ?? series.dataKey,
      paint:
        cssColor(series.color, 'chart', scheme) ??
        cssColor(PALETTE[index % PALETTE.length], 'chart', scheme) ??
        'currentColor',
    })),
    xAxis: {
      dataKey: axis.dataKey,
      hide: 'hide' in axis && axis.hide === true,
      label: (value) => {
        const key = String(value ?? '');
        return labels != null && Object.hasOwn(labels, key) ? (labels[key] ?? key) : key;
      },
    },
  };
}

/** A chart, and its figures as a table for everybody who would rather read them. */
export function Chart({ node }: PartProps) {
  const { language } = usePage();
  const { strings } = language;
  const scheme = useScheme();
  const props = readProps(componentSchemas.Chart, node);
  if (props === null) return null;
  const chart = chartData(props, scheme);
  const summary = chart.series.map(({ name }) => name).join(', ');
  if (chart.data.length === 0) return <p className="ck-muted">{strings.widgetNoData}</p>;
  const size = sizes(props);
  const fixed = size.height !== undefined || size.aspectRatio !== undefined;
  return (
    <figure className="ckw-chart" style={{ flex: cssFlex(props.flex) }}>
      <div
        className="ckw-chart-frame"
        role="img"
        aria-label={`${strings.widgetChart}: ${summary}`}
        style={{ ...size, ...(fixed ? {} : { height: '14rem' }) }}
      >
        <Boundary onError={() => {}} fallback={() => null}>
          <Suspense fallback={<div className="ckw-chart-wait" />}>
            <ChartCanvas chart={chart} rtl={language.dir === 'rtl'} />
          </Suspense>
        </Boundary>
      </div>
      {props.showLegend === true && (
        <ul className="ckw-legend" aria-hidden="true">
          {chart.series.map(({ name, paint, dataKey }) => (
            <li key={`${dataKey}:${name}`}>
              <i style={{ background: paint }} />
              <span dir="auto">{name}</span>
            </li>
          ))}
        </ul>
      )}
      <details className="ckw-chart-data">
        <summary>{strings.widgetChartTable}</summary>
        <Figures chart={chart} />
      </details>
    </figure>
  );
}

/** What a row has there, and nothing that every object has: models choose the keys. */
function figure(row: ChartData['data'][number], key: string): string | number | undefined {
  return Object.hasOwn(row, key) ? row[key] : undefined;
}

function Figures({ chart }: { chart: ChartData }) {
  const strings = useStrings();
  const rows = chart.data.map((row, key) => ({ key, row }));
  return (
    <figure className="ckw-table" aria-label={strings.widgetChartTable} {...SCROLLABLE}>
      <table>
        <thead>
          <tr data-header="">
            <th scope="col">{chart.xAxis.dataKey}</th>
            {chart.series.map(({ name, dataKey }) => (
              <th key={`${dataKey}:${name}`} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, row }) => (
            <tr key={key}>
              <th scope="row">{chart.xAxis.label(figure(row, chart.xAxis.dataKey))}</th>
              {chart.series.map(({ name, dataKey }) => (
                <td key={`${dataKey}:${name}`}>{figure(row, dataKey) ?? '–'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
