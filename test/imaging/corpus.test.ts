import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PermanentFailure } from '../../shared/domain/errors.ts';
import { outputFormats } from '../../shared/domain/formats.ts';
import { variants } from '../../shared/domain/variants.ts';
import { createImagingEngine } from '../../shared/imaging/engine.ts';
import { peakChildMegabytes } from './children.ts';
import { corpusFiles, corpusNote, hasCorpus, type Outcome, readCorpus } from './corpus.ts';
import { has, run, without } from './tools.ts';

interface Result {
  readonly path: string;
  readonly outcome: Outcome;
  readonly acceptable: readonly Outcome[];
  readonly milliseconds: number;
}

/** The manifest speaks of a service without HEIC; this one reads it. */
const alsoAcceptable: Readonly<Record<string, Outcome>> = { 'formats/heic-single.heic': 'ok' };

const outcomes: Readonly<Record<string, Outcome>> = {
  'unsupported-format': 'reject-unsupported',
  'corrupt-image': 'reject-corrupt',
  'too-many-pixels': 'reject-too-large',
  'too-many-frames': 'reject-too-large',
  'too-large': 'reject-too-large',
  'too-expensive': 'reject-too-large',
};

describe.skipIf(!hasCorpus)(`every file of the corpus, through one imaging process${corpusNote}`, () => {
  const engine = createImagingEngine({ recycleAfterImages: 1000, recycleAboveMb: 700 });
  const results: Result[] = [];
  let folder: string;
  let peakMegabytes = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'darkroom-corpus-'));
    for (const [index, { path, acceptable }] of corpusFiles().entries()) {
      const start = performance.now();
      const outcome = await outcomeOf(path, index);
      const milliseconds = performance.now() - start;
      results.push({ path, outcome, acceptable, milliseconds });
      peakMegabytes = Math.max(peakMegabytes, peakChildMegabytes());
    }
  }, 120_000);

  afterAll(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function outcomeOf(path: string, index: number): Promise<Outcome> {
    try {
      const { renditions } = await engine.render(readCorpus(path), variants);
      for (const { variant, format, body } of renditions) {
        await writeFile(join(folder, `${index}.${variant}.${outputFormats[format].extension}`), body);
      }
      return 'ok';
    } catch (error) {
      if (!(error instanceof PermanentFailure)) throw error;
      return outcomes[error.code] ?? 'ok';
    }
  }

  it('ends in an outcome that is no fault', () => {
    const faults = results.filter(
      ({ path, outcome, acceptable }) => !acceptable.includes(outcome) && alsoAcceptable[path] !== outcome,
    );
    expect(faults).toEqual([]);
    expect(results.length).toBeGreaterThan(150);
  });

  it('takes no file more than 20 seconds', () => {
    expect(results.filter(({ milliseconds }) => milliseconds > 20_000)).toEqual([]);
  });

  it('never needs more than 700 MB', () => {
    expect(peakMegabytes).toBeLessThan(700);
    if (process.platform === 'linux') expect(peakMegabytes).toBeGreaterThan(50);
  });

  it('leaves the process as able as before', async () => {
    const { renditions } = await engine.render(readCorpus('photos/nikon-d90-12mp.jpg'), variants);
    expect(renditions.map(({ width, height }) => `${width}x${height}`)).toContain('1600x1063');
  });

  it.skipIf(!has('exiftool'))(`leaves no metadata in any rendition${without('exiftool')}`, () => {
    const read = run('exiftool', ['-q', '-j', '-a', '-G1', '-r', '-ext', '*', folder]);
    const files = JSON.parse(read.toString()) as Record<string, unknown>[];
    const carried = files.flatMap((tags) =>
      Object.keys(tags).filter((name) =>
        /^(?!SourceFile|ExifTool|System|File|JFIF|RIFF|PNG|Meta|Composite)/.test(name),
      ),
    );
    expect(carried).toEqual([]);
    expect(files.length).toBeGreaterThan(400);
  });
});
