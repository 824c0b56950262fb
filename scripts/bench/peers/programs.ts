// Peers from Debian: programs, run as their manuals show, on files, decoding as often as they need to.

import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Variant } from '../../../shared/domain/variants.ts';
import type { Renderer } from '../render/output.ts';
import { missingPrograms, runPrograms } from '../tools.ts';
import { type Peer, quality } from './peer.ts';

type PathOf = (variant: Variant) => string;

/** All invocations that one original takes. */
type Commands = (original: string, variants: readonly Variant[], pathOf: PathOf) => (readonly string[])[];

const box = ({ width, height }: Variant) => `${width}x${height}`;
/** Never larger than the original. */
const shrinkOnly = (variant: Variant) => `${box(variant)}>`;

/** One decode for all, each rendition from a clone of it. */
const imageMagick: Commands = (original, variants, pathOf) => {
  const renditions = variants.flatMap((variant) => [
    ...['(', '+clone', '-resize'],
    ...(variant.fit === 'cover'
      ? [`${box(variant)}^`, '-gravity', 'center', '-extent', box(variant)]
      : [shrinkOnly(variant)]),
    ...['-write', pathOf(variant), '+delete', ')'],
  ]);
  return [
    ['convert', original, '-auto-orient', '-strip', '-quality', String(quality), ...renditions, 'null:'],
  ];
};

/** It has no clones: one invocation a rendition, the decoder told what is wanted. */
const graphicsMagick: Commands = (original, variants, pathOf) =>
  variants.map((variant) => [
    ...['gm', 'convert', '-size', `${variant.width * 2}x${variant.height * 2}`, original, '-auto-orient'],
    ...(variant.fit === 'cover'
      ? ['-resize', `${box(variant)}^`, '-gravity', 'center', '-extent', box(variant)]
      : ['-resize', shrinkOnly(variant)]),
    ...['-strip', '-quality', String(quality), pathOf(variant)],
  ]);

const vipsThumbnail: Commands = (original, variants, pathOf) =>
  variants.map((variant) => [
    ...['vipsthumbnail', original, '--size', shrinkOnly(variant)],
    ...(variant.fit === 'cover' ? ['--smartcrop', 'centre'] : []),
    ...['--eprofile', 'srgb', '-o', `${pathOf(variant)}[Q=${quality},strip]`],
  ]);

export const programPeers: readonly Peer[] = [
  program('ImageMagick', 'convert', imageMagick),
  program('GraphicsMagick', 'gm', graphicsMagick),
  program('vipsthumbnail', 'vipsthumbnail', vipsThumbnail),
];

function program(name: string, needed: string, commands: Commands): Peer {
  return {
    name,
    async open() {
      if ((await missingPrograms([needed])).length > 0) return undefined;
      const { path, remove } = await mkdtempDisposable(join(tmpdir(), 'darkroom-bench-peer-'));
      return { name, ...rendererIn(path, commands), close: remove };
    },
  };
}

function rendererIn(folder: string, commands: Commands): Pick<Renderer, 'render'> {
  const pathOf: PathOf = ({ name }) => join(folder, `${name}.jpg`);
  return {
    async render(bytes, variants) {
      const original = join(folder, 'original.jpg');
      await writeFile(original, bytes);
      await runPrograms(commands(original, variants, pathOf));
      return Promise.all(
        variants.map(async (variant) => ({ variant: variant.name, body: await readFile(pathOf(variant)) })),
      );
    },
  };
}
