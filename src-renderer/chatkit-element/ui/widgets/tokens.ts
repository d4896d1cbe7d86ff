/** The colour words of the widget language. The custom properties behind them are set in styles/widget-colors.css. */
import type { ColorRole } from './css-values.ts';

const CHART: Readonly<Record<string, string>> = Object.fromEntries(
  ['blue', 'purple', 'orange', 'green', 'red', 'yellow', 'pink'].map((name) => [
    name,
    `var(--ckw-chart-${name})`,
  ]),
);

/** CSS for each colour word, by what the colour is for. */
export const WIDGET_TOKENS: Readonly<Record<ColorRole, Readonly<Record<string, string>>>> = {
  text: {
    prose: 'var(--ckw-text)',
    primary: 'var(--ckw-text)',
    emphasis: 'var(--ckw-text-emphasis)',
    secondary: 'var(--ckw-text-secondary)',
    tertiary: 'var(--ckw-text-tertiary)',
    success: 'var(--ckw-success)',
    warning: 'var(--ckw-warning)',
    caution: 'var(--ckw-warning)',
    danger: 'var(--ckw-danger)',
    info: 'var(--ckw-info)',
    discovery: 'var(--ckw-discovery)',
  },
  background: {
    surface: 'var(--ck-bg)',
    'surface-secondary': 'var(--ckw-second)',
    'surface-tertiary': 'var(--ckw-third)',
    'surface-elevated': 'var(--ckw-elevated)',
    'surface-elevated-secondary': 'var(--ckw-second)',
  },
  border: {
    default: 'var(--ck-border)',
    subtle: 'var(--ckw-border-subtle)',
    strong: 'var(--ck-border-strong)',
  },
  chart: CHART,
};
