// Peers from npm that this project does not depend on: used where somebody has installed them for the benchmark.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { oriented, targetOf } from '../../../shared/imaging/inspect/geometry.ts';
import type { Output, Renderer } from '../render/output.ts';
import { type Peer, quality } from './peer.ts';

/** What is used of jimp 1.x. */
interface JimpPicture {
  readonly width: number;
  readonly height: number;
  clone(): JimpPicture;
  cover(box: { w: number; h: number }): JimpPicture;
  resize(box: { w: number; h: number }): JimpPicture;
  getBuffer(type: 'image/jpeg', options: { quality: number }): Promise<Buffer>;
}

interface JimpModule {
  readonly Jimp: { read(bytes: Buffer): Promise<JimpPicture> };
}

/** What is used of @napi-rs/image 1.x. */
interface NapiTransformer {
  rotate(): NapiTransformer;
  metadata(withExif: true): Promise<{ width: number; height: number; orientation?: number }>;
  fastResize(options: { width: number; height: number; filter: number; fit: number }): NapiTransformer;
  jpeg(quality: number): Promise<Buffer>;
}

interface NapiModule {
  readonly Transformer: new (bytes: Buffer) => NapiTransformer;
}

/** Its enumerations, which exist in its types only. */
const napiFit = { cover: 0, fill: 1 } as const;
const napiLanczos3 = 5;

const folders = [process.cwd(), join(process.cwd(), '.build', 'peers')];

export const modulePeers: readonly Peer[] = [
  { name: 'jimp', open: async () => withModule<JimpModule>('jimp', jimp) },
  { name: '@napi-rs/image', open: async () => withModule<NapiModule>('@napi-rs/image', napi) },
];

function withModule<Module>(name: string, make: (module: Module) => Renderer): Renderer | undefined {
  for (const folder of folders) {
    try {
      return make(createRequire(join(folder, 'package.json'))(name) as Module);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return undefined;
}

/** One decode, each rendition from a clone of it. jimp turns pictures upright as it reads them. */
function jimp({ Jimp }: JimpModule): Renderer {
  return {
    name: 'jimp',
    async render(original, variants) {
      const whole = await Jimp.read(original);
      const outputs: Output[] = [];
      for (const variant of variants) {
        const { width: w, height: h } = targetOf(whole, variant);
        const box = { w, h };
        const reduced = variant.fit === 'cover' ? whole.clone().cover(box) : whole.clone().resize(box);
        outputs.push({ variant: variant.name, body: await reduced.getBuffer('image/jpeg', { quality }) });
      }
      return outputs;
    },
  };
}

/** It has no clones: one decode a rendition, and the faster of its two ways to resize. */
function napi({ Transformer }: NapiModule): Renderer {
  return {
    name: '@napi-rs/image',
    async render(original, variants) {
      const { width, height, orientation = 1 } = await new Transformer(original).metadata(true);
      const upright = oriented({ width, height }, orientation);
      return Promise.all(
        variants.map(async (variant) => {
          const fit = variant.fit === 'cover' ? napiFit.cover : napiFit.fill;
          const target = { ...targetOf(upright, variant), filter: napiLanczos3, fit };
          const reduced = new Transformer(original).rotate().fastResize(target);
          return { variant: variant.name, body: await reduced.jpeg(quality) };
        }),
      );
    },
  };
}
