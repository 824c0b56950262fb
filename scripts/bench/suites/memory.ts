// memory: what the disposable imaging process holds at its peak, and whether it grows from image to image.

import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { variants } from '../../../shared/domain/variants.ts';
import type { ImagingEngineOptions } from '../../../shared/imaging/engine.ts';
import { startChild } from '../child-program.ts';
import { createDeployedEngine } from '../deployed-engine.ts';
import { childrenOf } from '../measure/cpu.ts';
import { memoryOf } from '../measure/memory.ts';
import { loadPhotos } from '../photos.ts';
import type { BenchOptions, Suite } from '../suite.ts';
import { kinds, pathOf } from './memory-pictures.ts';
import { type MemoryData, type Peak, reportMemory } from './memory-report.ts';

const growthFrom = 11;
/** Nothing is replaced or killed meanwhile: that is what is measured. */
const withoutLimits: ImagingEngineOptions = {
  recycleAfterImages: 10_000,
  recycleAboveMb: 10_000,
  memoryCeilingMb: 10_000,
  deadlineMs: 120_000,
};

export const memory: Suite<MemoryData> = {
  summary: 'peak of the imaging process by megapixels and format, and its growth over 200 images',

  async run({ photos: folder, runs = 1, isQuick, steps }: BenchOptions) {
    const counts = isQuick ? [12] : [12, 24, 50, 100];
    const images = isQuick ? 30 : 200;
    steps.expect(1 + counts.length * Object.keys(kinds).length * runs + images);
    const pictures = await mkdtempDisposable(join(tmpdir(), 'darkroom-bench-memory-'));
    try {
      await makePictures(pictures.path, counts);
      steps.done();
      const peaks: Peak[] = [];
      for (const kind of Object.keys(kinds)) {
        for (const megapixels of counts) {
          const picture = await readFile(pathOf(pictures.path, kind, megapixels));
          const tries: number[] = [];
          for (let run = 0; run < runs; run += 1) {
            tries.push(await peakOf(picture));
            steps.done();
          }
          peaks.push({ kind, megapixels, peakMb: Math.max(...tries) });
        }
      }
      const originals = (await loadPhotos(folder)).map(({ bytes }) => bytes);
      const { residentMb, idleMb } = await residentOver(originals, images, steps.done);
      return { peaks, idleMb, growth: { residentMb, from: growthFrom } };
    } finally {
      await pictures.remove();
    }
  },

  report: reportMemory,
};

/** In a process of its own: making pictures of 100 megapixels takes more memory than rendering them. */
async function makePictures(folder: string, counts: readonly number[]): Promise<void> {
  const maker = startChild(new URL('./memory-pictures-process.ts', import.meta.url));
  await maker.ask({ folder, counts });
  await maker.close();
}

async function peakOf(original: Buffer): Promise<number> {
  const { engine, pid } = await startEngine();
  try {
    await engine.render(original, variants);
    return memoryOf(pid).peakMb;
  } finally {
    await engine.close();
  }
}

async function residentOver(originals: readonly Buffer[], images: number, onStep: () => void) {
  const { engine, pid } = await startEngine();
  try {
    const [first = Buffer.alloc(0)] = originals;
    await engine.render(await tinyPicture(), variants);
    const idleMb = memoryOf(pid).residentMb;
    const residentMb: number[] = [];
    for (let image = 0; image < images; image += 1) {
      await engine.render(originals[image % originals.length] ?? first, variants);
      residentMb.push(memoryOf(pid).residentMb);
      onStep();
    }
    return { residentMb, idleMb };
  } finally {
    await engine.close();
  }
}

function tinyPicture(): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 8, channels: 3, background: '#888888' } })
    .jpeg()
    .toBuffer();
}

async function startEngine() {
  const before = new Set(childrenOf(process.pid));
  const engine = await createDeployedEngine(withoutLimits);
  // The latest: the bundler has a process too.
  const pid = childrenOf(process.pid).findLast((child) => !before.has(child));
  if (pid === undefined) throw new Error('the imaging process cannot be found in /proc');
  return { engine, pid };
}
