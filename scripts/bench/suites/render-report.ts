// What a run of render showed, in words, tables and drawings made from its figures.

import { markdownTable } from '../../page/markdown-table.ts';
import { cpuOf, ratioOf, type Samples } from '../measure/interleave.ts';
import { type Spread, sumOf } from '../measure/statistics.ts';
import type { Checked } from '../render/check.ts';
import { atLeast, atMost, milliseconds, ratio, ratioAtMost, targetTable } from '../report/format.ts';
import { type Bar, bars } from '../report/plots.ts';
import { type Report, sentenceOf, type Target } from '../suite.ts';
import { type RenderData, type TimedPreset, timedPresets } from './render-data.ts';

const ours = 'Darkroom';
const bare = 'Darkroom, not isolated';
const tutorial = 'sharp, tutorial style';
/** By contender: the lower one decodes at the worker's scale, the other at sharp's. */
const floors = {
  floor: 'floor: decode + encode alone',
  lowerFloor: 'floor, decoded as the worker does',
} as const;
type FloorName = keyof typeof floors;

const generatedText = ` Targets are for
camera photos: generated ones are grain on flat colors, where SSIM sees the grain alone.`;

const limits = {
  jpeg: { tutorial: 0.35, floor: 1.7 },
  webp: { tutorial: 0.4, floor: 1.4 },
  profiled: 0.28,
  webpBytes: 1.12,
  psnr: 41,
  ssim: 0.99,
  isolation: 1.07,
} as const;

export function reportRender(data: RenderData): Report {
  const targets = targetsOf(data);
  const text = `The renditions task exactly as the worker runs it, in its disposable process, S3 replaced by memory, against what
tutorials show: one sharp pipeline a rendition, all at once. Four renditions a photo, quality 80 everywhere.
${sentenceOf(data.photos)} ${data.rounds} rounds, contenders in turns, one warm-up round not counted. CPU time is user and
system time of this process and all it starts; ratios are formed round by round.

Darkroom's figures include more than the tutorial does: inspection, limits, a placeholder, a perceptual hash, the
original's SHA-256, and the hand-over to the disposable process. "Not isolated" is the same work in a process of the same
settings where the originals lie from the start and the renditions stay: the rest is what isolation costs. A ratio below 1
says that it costs less than two such processes differ by themselves.

${targetTable(targets)}

${timedPresets.map((preset) => presetText(preset, data)).join('\n\n')}

## Quality

Against lanczos3 from the whole original, colors converted at full resolution. Resampling alone is seen through lossless
PNG renditions, made by the same code.${data.photos.source === 'generated' ? generatedText : ''}

${qualityTable({ 'resampling alone': data.resampling, JPEG: data.encoded.jpeg, WebP: data.encoded.webp })}

WebP as Darkroom encodes it (effort 2) takes ${data.webpBytesRatio.toFixed(3)} × the bytes of effort 4 at equal PSNR.`;
  const plots = timedPresets.map((preset) => ({
    name: preset,
    alt: `CPU milliseconds a photo, four ${preset} renditions`,
    svg: bars(barsOf(data.samples[preset]), 'CPU ms a photo'),
  }));
  return { title: 'The renditions job', text, plots, targets };
}

function targetsOf({ samples, profiled, resampling, encoded, webpBytesRatio }: RenderData): Target[] {
  const ratios = timedPresets.flatMap((preset) => {
    const name = preset.toUpperCase().replace('WEBP', 'WebP');
    const toTutorial = ratioOf(samples[preset], ours, tutorial);
    const toFloor = floorRatio(samples[preset]);
    return [
      ratioAtMost(`${name}: CPU against the tutorial`, limits[preset].tutorial, toTutorial),
      ...(toFloor
        ? [ratioAtMost(`${name}: CPU against decode + encode alone`, limits[preset].floor, toFloor)]
        : []),
    ];
  });
  if (profiled.length > 0) {
    const toTutorial = ratioOf(samples.jpeg, ours, tutorial, profiled);
    ratios.push(
      ratioAtMost('JPEG, photos with a profile: CPU against the tutorial', limits.profiled, toTutorial),
    );
  }
  const worst = resampling[ours]?.all.worst;
  const all = [resampling, encoded.jpeg, encoded.webp].map((one) => one[ours]);
  const exact = sumOf(all.map((one) => one?.exactDimensions ?? 0));
  const made = sumOf(all.map((one) => one?.renditions ?? 0));
  const isolation = ratioOf(samples.jpeg, ours, bare);
  return [
    ...ratios,
    atMost('WebP: bytes against effort 4 at equal PSNR', limits.webpBytes, webpBytesRatio, ' ×'),
    atLeast('resampling, worst rendition: PSNR', limits.psnr, worst?.psnr ?? 0, ' dB'),
    atLeast('resampling, worst rendition: SSIM', limits.ssim, worst?.ssim ?? 0, ''),
    atLeast('renditions of exact dimensions', 100, (100 * exact) / made, ' %', `${exact} of ${made}`),
    ratioAtMost('isolation: CPU against the same work without hand-over (JPEG)', limits.isolation, isolation),
  ];
}

/** Rounds of a floor less what its programs cost before they do anything. */
function floorSamples(samples: Samples, floor: FloorName = 'floor'): Samples | undefined {
  const { [floor]: rounds, starts } = samples;
  if (!rounds || !starts) return undefined;
  const net = rounds.map((round, at) => round.map((value, index) => value - (starts[at]?.[index] ?? 0)));
  return { ...samples, net };
}

function floorRatio(samples: Samples, floor?: FloorName): Spread | undefined {
  const withNet = floorSamples(samples, floor);
  return withNet && ratioOf(withNet, ours, 'net');
}

function barsOf(samples: Samples): Bar[] {
  const withNet = floorSamples(samples);
  return [
    { label: ours, ...cpuOf(samples, ours) },
    { label: tutorial, ...cpuOf(samples, tutorial) },
    ...(withNet ? [{ label: floors.floor, ...cpuOf(withNet, 'net') }] : []),
  ];
}

function presetText(preset: TimedPreset, { samples: all, missing, profiled }: RenderData): string {
  const samples = all[preset];
  const toTutorial = (name: string) => ratio(ratioOf(samples, name, tutorial));
  const rows = [
    ['', 'CPU ms a photo', '× tutorial'],
    ...[ours, bare, tutorial].map((name) => [name, milliseconds(cpuOf(samples, name)), toTutorial(name)]),
    ...floorRows(samples),
  ];
  const profiledText =
    profiled.length === 0
      ? ''
      : ` On the ${profiled.length} photos with a color profile: ${ratio(ratioOf(samples, ours, tutorial, profiled))} × the tutorial.`;
  return `## Four ${preset === 'jpeg' ? 'JPEGs' : 'WebPs'}

{plot:${preset}}

${markdownTable(rows)}

${floorText(samples, missing[preset])}${profiledText}`;
}

function floorRows(samples: Samples): string[][] {
  return (Object.keys(floors) as FloorName[]).flatMap((floor) => {
    const withNet = floorSamples(samples, floor);
    if (!withNet) return [];
    return [[floors[floor], milliseconds(cpuOf(withNet, 'net')), ratio(ratioOf(withNet, 'net', tutorial))]];
  });
}

function floorText(samples: Samples, lacking: readonly string[]): string {
  if (lacking.length > 0) return `The floor was skipped: ${lacking.join(' and ')} not installed.`;
  const text = `The floor decodes at the scale that sharp picks and encodes ready-made pixels, in C; what its programs cost before they
begin is taken off.`;
  const toLowerFloor = floorRatio(samples, 'lowerFloor');
  if (!toLowerFloor) return text;
  return `${text} The worker has libjpeg halve what is reduced two to three times, which sharp decodes at full
size, and the floor is lower then: Darkroom takes ${ratio(toLowerFloor)} × that one.`;
}

function qualityTable(kinds: Readonly<Record<string, Readonly<Record<string, Checked>>>>): string {
  const rows = Object.entries(kinds).flatMap(([kind, byRenderer]) =>
    Object.entries(byRenderer).map(([name, { all, exactDimensions, renditions, bytesPerPhoto }]) => [
      kind,
      name,
      ...[all.worst, all.mean].map(({ psnr, ssim }) => `${psnr.toFixed(1)} dB, ${ssim.toFixed(3)}`),
      `${exactDimensions} of ${renditions}`,
      `${(bytesPerPhoto / 1000).toFixed(0)} KB`,
    ]),
  );
  return markdownTable([['', 'by', 'worst', 'mean', 'exact dimensions', 'bytes a photo'], ...rows]);
}
