// metadata: how much of an original the metadata worker fetches, and what reading it costs.

import type { ByteSource, ReadMetadata } from '../../../shared/imaging/contract.ts';
import { readMetadata as readWithoutProcess } from '../../../shared/imaging/metadata/read-metadata.ts';
import { markdownTable } from '../../page/markdown-table.ts';
import { createDeployedMetadataEngine } from '../deployed-engine.ts';
import { treeCpuMs } from '../measure/cpu.ts';
import { meanOf, quantile, type Spread, spreadOf, sumOf } from '../measure/statistics.ts';
import { describePhotos, loadPhotos, type PhotoSet } from '../photos.ts';
import { atMost, milliseconds, percent, targetTable } from '../report/format.ts';
import type { BenchOptions, Report, Suite } from '../suite.ts';

interface MetadataData {
  readonly photos: PhotoSet;
  readonly rounds: number;
  readonly files: readonly MetadataFigures[];
  /** CPU milliseconds a photo in the worker and its imaging process: one mean a round. */
  readonly cpu: Spread;
  /** What of it the process costs: the same without one, subtracted. */
  readonly isolation: Spread;
}

interface MetadataFigures {
  readonly name: string;
  readonly bytes: number;
  readonly bytesRead: number;
  readonly reads: number;
}

const limits = { shareRead: 0.05, cpuMs: 6, isolationMs: 6 } as const;
/** Through all photos in one round: living processes tell of their CPU in steps of 10 ms. */
const passes = 20;

export const metadata: Suite<MetadataData> = {
  summary: 'bytes fetched and CPU spent to know all that an original tells of itself',

  async run({ photos: folder, runs, isQuick, steps }: BenchOptions) {
    const photos = await loadPhotos(folder);
    const rounds = runs ?? (isQuick ? 5 : 50);
    steps.expect(rounds + 1);
    const files: MetadataFigures[] = [];
    const engine = await createDeployedMetadataEngine();
    try {
      for (const { name, bytes } of photos) {
        const source = countingSource(bytes);
        await engine.readMetadata(source);
        files.push({ name, bytes: bytes.length, bytesRead: source.bytesRead, reads: source.reads });
      }
      const cpuOf = async (readMetadata: ReadMetadata) => {
        const before = treeCpuMs();
        for (let pass = 0; pass < passes; pass += 1) {
          for (const { bytes } of photos) await readMetadata(countingSource(bytes));
        }
        return (treeCpuMs() - before) / passes / photos.length;
      };
      const cpu: number[] = [];
      const isolation: number[] = [];
      for (let round = -1; round < rounds; round += 1) {
        const isolated = await cpuOf(engine.readMetadata);
        const without = await cpuOf(readWithoutProcess);
        if (round >= 0) cpu.push(isolated);
        if (round >= 0) isolation.push(isolated - without);
        steps.done();
      }
      const described = describePhotos(photos, folder);
      return { photos: described, rounds, files, cpu: spreadOf(cpu), isolation: spreadOf(isolation) };
    } finally {
      await engine.close();
    }
  },

  report: reportMetadata,
};

/** A source in memory that copies what is asked of it, as a network would hand it over, and counts. */
function countingSource(bytes: Buffer): ByteSource & { bytesRead: number; reads: number } {
  return {
    byteLength: bytes.length,
    bytesRead: 0,
    reads: 0,
    async read(offset, length) {
      const read = Buffer.from(bytes.subarray(offset, offset + length));
      this.reads += 1;
      this.bytesRead += read.length;
      return read;
    },
  };
}

function reportMetadata({ files, cpu, isolation, rounds, photos }: MetadataData): Report {
  const total = sumOf(files.map(({ bytes }) => bytes));
  const read = sumOf(files.map(({ bytesRead }) => bytesRead));
  const reads = files.map((file) => file.reads);
  const targets = [
    atMost('share of the photos’ bytes that is read', limits.shareRead * 100, (read / total) * 100, ' %'),
    atMost('CPU a photo', limits.cpuMs, cpu.median, ' ms', `${milliseconds(cpu)} ms`),
    atMost(
      'of it for a process of its own',
      limits.isolationMs,
      isolation.median,
      ' ms',
      `${milliseconds(isolation)} ms`,
    ),
  ];
  const text = `What the metadata worker does with an original, the network left out: ranged reads, counted, and everything that is
parsed from them, in a process of its own. ${photos.count} ${photos.source === 'generated' ? 'generated' : 'camera'} photos, ${rounds} rounds.

${targetTable(targets)}

${meanOf(reads).toFixed(1)} ranged reads a photo on average, at most ${quantile(reads, 1)}.

${markdownTable([
  ['photo', 'bytes', 'read', 'share', 'reads'],
  ...files.map(({ name, bytes, bytesRead, reads: count }) => [
    name,
    bytes.toLocaleString('en'),
    bytesRead.toLocaleString('en'),
    percent(bytesRead / bytes),
    String(count),
  ]),
])}`;
  return { title: 'Metadata by ranges', text, plots: [], targets };
}
