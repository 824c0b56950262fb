// The figures that the README quotes: out of the committed benchmark, word for word.

import { resultsIn } from '../bench/report/write.ts';
import { suiteNamed } from '../bench/suites.ts';
import { markdownTable } from '../page/markdown-table.ts';

const folder = 'docs/benchmarks';
/** By suite and by what is measured, as its page says it. */
const quoted = [
  ['render', 'JPEG: CPU against the tutorial'],
  ['render', 'resampling, worst rendition: PSNR'],
  ['metadata', 'share of the photos’ bytes that is read'],
] as const;

/** @throws {Error} when the committed benchmark has no such figure */
export async function quotedFigures(): Promise<string> {
  const results = await resultsIn(folder);
  const rows = quoted.map(([suite, what]) => {
    const result = results.find((one) => one.suite === suite);
    const targets = result ? (suiteNamed(suite)?.report(result.data).targets ?? []) : [];
    const target = targets.find((one) => one.what === what);
    if (target === undefined) throw new Error(`${folder} has no figure "${what}" of ${suite}.`);
    return [`[${what}](${folder}/${suite}.md)`, target.figure];
  });
  return markdownTable([['what', 'measured'], ...rows]);
}
