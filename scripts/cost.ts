// npm run cost: what images cost on AWS, by service, out of what was measured and counted.
import { billOf, defaultWorkload, dollarsOf, partTitles } from './cost/bill.ts';
import { prices, pricesAsOf } from './cost/prices.ts';
import { largest, parts, rowsOf, verdict } from './cost/report.ts';
import { standingOf } from './cost/standing.ts';
import { assumed, type Workload } from './cost/usage.ts';
import { formatDollars } from './terminal/figures.ts';
import { flag, type Kind, positiveNumber, wholeNumber, withDefault } from './terminal/options.ts';
import { print, printJson } from './terminal/print.ts';
import { runTool } from './terminal/run-tool.ts';
import { renderTable } from './terminal/table.ts';

const deliveries: Kind<Workload['delivery']> = {
  expects: 'cloudfront or s3',
  read: (given) => (given === 'cloudfront' || given === 's3' ? given : undefined),
};

const tool = {
  name: 'cost',
  about: `Prints what images cost on AWS, a month, by service: list prices times what was measured in docs/benchmarks/ and
counted in docs/aws-calls.md. It asks nobody; free tiers are left out.

  npm run cost -- --images 1000000 --megapixels 12`,
  options: {
    images: withDefault(wholeNumber(), 'N', 'images a month', defaultWorkload.images),
    megapixels: withDefault(positiveNumber, 'N', 'of each original', defaultWorkload.megapixels),
    variants: withDefault(wholeNumber(), 'N', 'renditions of an image', defaultWorkload.renditions),
    months: withDefault(wholeNumber(), 'N', 'how long images are kept', defaultWorkload.months),
    views: withDefault(
      wholeNumber(0),
      'N',
      'renditions of an image that are fetched in a month',
      defaultWorkload.views,
    ),
    delivery: withDefault(
      deliveries,
      'HOW',
      'cloudfront, or s3 by pre-signed URLs',
      defaultWorkload.delivery,
    ),
    batch: withDefault(
      wholeNumber(1, 5),
      'N',
      'messages that a worker gets at once: 1 at a trickle, 5 in a burst',
      1,
    ),
    json: flag('print one JSON document'),
  },
};

await runTool(tool, async ({ json, variants: renditions, ...given }) => {
  const workload: Workload = { ...given, renditions };
  const lines = billOf(workload, await standingOf('prod'));
  if (json) {
    printJson({ pricesAsOf, workload, assumed, prices, lines });
    return 0;
  }
  for (const part of parts) {
    print(`\n${partTitles[part]}`);
    print(renderTable(rowsOf(lines, part), { align: ['left', 'left', 'right', 'right'] }));
  }
  print(`\nAll of it: ${formatDollars(dollarsOf(lines, ...parts))}, by list prices as of ${pricesAsOf}.`);
  print(verdict(lines, workload));
  print(largest(lines, workload));
  return 0;
});
