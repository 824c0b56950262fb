// Draws figures as SVG with Observable Plot, on a document that exists in memory only.

import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Spread } from '../measure/statistics.ts';

export interface Bar extends Spread {
  readonly label: string;
}

const width = 760;
const barHeight = 30;
const labelWidth = 7;
const colors = { ours: '#1f6f8b', others: '#b9bec6' } as const;

/** Horizontal bars of medians, each with a line from its lower to its upper quartile; the first is ours. */
export function bars(rows: readonly Bar[], unit: string): string {
  const [ours] = rows;
  return draw({
    height: rows.length * barHeight + 75,
    marginBottom: 45,
    marginLeft: 20 + Math.max(...rows.map(({ label }) => label.length)) * labelWidth,
    marginRight: 50,
    x: { label: `${unit} (median, quartiles)`, grid: true, labelAnchor: 'right' },
    y: { label: null, domain: rows.map(({ label }) => label) },
    marks: [
      Plot.barX(rows, {
        x: 'median',
        y: 'label',
        fill: (row: Bar) => (row.label === ours?.label ? colors.ours : colors.others),
      }),
      Plot.ruleY(rows, { x1: 'lower', x2: 'upper', y: 'label', strokeWidth: 2 }),
      Plot.text(rows, { x: 'upper', y: 'label', text: labelOf, textAnchor: 'start', dx: 6 }),
      Plot.ruleX([0]),
    ],
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly series: string;
}

/** One line a series, with its points. */
export function lines(points: readonly Point[], axes: { readonly x: string; readonly y: string }): string {
  return draw({
    height: 320,
    marginLeft: 60,
    marginRight: 130,
    x: { label: axes.x, grid: true },
    y: { label: axes.y, grid: true, zero: true },
    color: { type: 'categorical', scheme: 'dark2' },
    marks: [
      Plot.line(points, { x: 'x', y: 'y', z: 'series', stroke: 'series' }),
      Plot.dot(points, { x: 'x', y: 'y', fill: 'series', r: 3 }),
      Plot.text(
        points,
        Plot.selectLast({ x: 'x', y: 'y', z: 'series', text: 'series', textAnchor: 'start', dx: 8 }),
      ),
      Plot.ruleY([0]),
    ],
  });
}

/** Shares of all values that lie below each value. */
export function cumulative(values: readonly number[], label: string): string {
  const sorted = [...values].sort((a, b) => a - b);
  const points = sorted.map((x, index) => ({ x, y: (100 * (index + 1)) / sorted.length }));
  return draw({
    height: 300,
    marginLeft: 60,
    x: { label, grid: true, zero: true },
    y: { label: 'share of uploads (%)', grid: true, domain: [0, 100] },
    marks: [
      Plot.line(points, { x: 'x', y: 'y', curve: 'step-after', stroke: colors.ours, strokeWidth: 2 }),
      Plot.ruleY([0]),
    ],
  });
}

function labelOf({ median }: Bar): string {
  return median.toFixed(median < 10 ? 2 : median < 100 ? 1 : 0);
}

function draw(options: Plot.PlotOptions): string {
  const { document } = parseHTML('<html></html>');
  const owner = document as unknown as NonNullable<Plot.PlotOptions['document']>;
  const svg = Plot.plot({ ...options, width, document: owner });
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  // A file of its own has no page whose styles could apply.
  svg.setAttribute('style', 'background: white; color: #222; font: 12px system-ui, sans-serif');
  return `${svg.outerHTML}\n`;
}
