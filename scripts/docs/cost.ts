// The bill of a million images, for docs/cost.md.
import { billOf, defaultWorkload, dollarsOf, partTitles } from '../cost/bill.ts';
import { pricesAsOf } from '../cost/prices.ts';
import { largest, parts, rowsOf, verdict } from '../cost/report.ts';
import { standingOf } from '../cost/standing.ts';
import { markdownTable } from '../page/markdown-table.ts';
import { formatDollars } from '../terminal/figures.ts';

const burst = 5;

export async function costTables(): Promise<string> {
  const standing = await standingOf('prod');
  const lines = billOf(defaultWorkload, standing);
  const inBursts = { ...defaultWorkload, batch: burst };
  const tables = parts.map((part) => {
    const head = [partTitles[part], 'unit', 'units', 'dollars'];
    return markdownTable([head, ...rowsOf(lines, part)]);
  });
  const said = [
    `Prices as of ${pricesAsOf}. Without storage and delivery: ${formatDollars(dollarsOf(lines, 'processing', 'upload'))} for the images, ${formatDollars(dollarsOf(lines, 'standing'))} for the stage.`,
    verdict(lines, defaultWorkload),
    verdict(billOf(inBursts, standing), inBursts),
    largest(lines, defaultWorkload),
  ];
  return [...said, ...tables].join('\n\n');
}
