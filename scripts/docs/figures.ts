// The figures that the README quotes: out of the committed benchmark, word for word.

import { resultsIn } from '../bench/report/write.ts';
import { suiteNamed } from '../bench/suites.ts';

const folder = 'docs/benchmarks';

interface Quoted {
  readonly suite: string;
  /** What was measured, as the page of the suite says it. */
  readonly what: string;
  /** @param figure as the page has it, with a link to it @param value its first number */
  readonly sentence: (figure: string, value: number) => string;
}

const quoted: readonly Quoted[] = [
  {
    ...{ suite: 'render', what: 'JPEG: CPU against the tutorial' },
    sentence: (figure, value) =>
      `**${(1 / value).toFixed(1)} times less CPU than the usual way**, one sharp pipeline a rendition as tutorials show it, for four JPEGs of a camera photo: ${figure} of it.`,
  },
  {
    ...{ suite: 'render', what: 'resampling, worst rendition: PSNR' },
    sentence: (figure) => `The worst rendition is ${figure} from an ideal reduction: no eye sees that.`,
  },
  {
    ...{ suite: 'metadata', what: 'share of the photos’ bytes that is read' },
    sentence: (figure) => `Metadata takes ${figure} of a photo’s bytes; the rest is never read for it.`,
  },
];

/** A line a figure. @throws {Error} when the committed benchmark has no such figure */
export async function quotedFigures(): Promise<string> {
  const results = await resultsIn(folder);
  const lines = quoted.map(({ suite, what, sentence }) => {
    const result = results.find((one) => one.suite === suite);
    const targets = result ? (suiteNamed(suite)?.report(result.data).targets ?? []) : [];
    const target = targets.find((one) => one.what === what);
    if (target === undefined) throw new Error(`${folder} has no figure "${what}" of ${suite}.`);
    return `- ${sentence(`[${target.figure}](${folder}/${suite}.md)`, Number.parseFloat(target.figure))}`;
  });
  return lines.join('\n');
}
