// What a run of peers showed, the fastest first.

import { markdownTable } from '../../page/markdown-table.ts';
import { cpuOf, ratioOf, type Samples } from '../measure/interleave.ts';
import type { PhotoSet } from '../photos.ts';
import type { Checked } from '../render/check.ts';
import { milliseconds, ratio } from '../report/format.ts';
import { bars } from '../report/plots.ts';
import { type Report, sentenceOf } from '../suite.ts';

export interface PeersData {
  readonly photos: PhotoSet;
  readonly rounds: number;
  /** CPU milliseconds by renderer, round and photo. */
  readonly samples: Samples;
  readonly checked: Readonly<Record<string, Checked>>;
  /** Names of peers that are not installed. */
  readonly skipped: readonly string[];
}

const ours = 'Darkroom';

export function reportPeers({ photos, rounds, samples, checked, skipped }: PeersData): Report {
  const names = Object.keys(samples).sort((a, b) => cpuOf(samples, a).median - cpuOf(samples, b).median);
  const [fastest = ours] = names;
  const verdict =
    fastest === ours
      ? `Darkroom took the least CPU of the ${names.length} contenders in this run.`
      : `${fastest} took the least CPU of the ${names.length} contenders in this run.`;
  const text = `Four JPEGs of quality 80 a photo, by each peer as its manual shows, the original given in memory or as a file.
${sentenceOf(photos)} ${rounds} rounds, contenders in turns, one warm-up round not counted.
${verdict}
${skipped.length === 0 ? '' : `\nNot installed, so skipped: ${skipped.join(', ')}.\n`}
{plot:cpu}

${markdownTable([
  ['', 'CPU ms a photo', '× Darkroom', 'exact dimensions', 'worst rendition', 'mean', 'bytes a photo'],
  ...names.map((name) => {
    const check = checked[name];
    return [
      name,
      milliseconds(cpuOf(samples, name)),
      ratio(ratioOf(samples, name, ours)),
      `${check?.exactDimensions} of ${check?.renditions}`,
      ...[check?.uncropped.worst, check?.uncropped.mean].map(
        (extent) => `${extent?.psnr.toFixed(1)} dB, ${extent?.ssim.toFixed(3)}`,
      ),
      `${((check?.bytesPerPhoto ?? 0) / 1000).toFixed(0)} KB`,
    ];
  }),
])}

Quality is that of the encoded JPEG against lanczos3 from the whole original, colors converted, over the renditions that
show the whole picture in exact dimensions. The cropped one is checked for its dimensions alone: where a crop falls between
two pixels, either is right. Programs are started anew for each photo, which is how they are used, and is counted.`;
  const sorted = [ours, ...names.filter((name) => name !== ours)];
  const plot = {
    name: 'cpu',
    alt: 'CPU milliseconds a photo by contender',
    svg: bars(
      sorted.map((label) => ({ label, ...cpuOf(samples, label) })),
      'CPU ms a photo',
    ),
  };
  return { title: 'Peers', text, plots: [plot], targets: [] };
}
