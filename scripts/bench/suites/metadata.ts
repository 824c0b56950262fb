// metadata: how much of an original the metadata worker fetches, and what reading it costs.

import type { ByteSource } from '../../../shared/imaging/contract.ts';
import { readMetadata } from '../../../shared/imaging/metadata/read-metadata.ts';
import { markdownTable } from '../../page/markdown-table.ts';
import { meanOf, quantile, type Spread, spreadOf, sumOf } from '../measure/statistics.ts';
import { describePhotos, loadPhotos, type PhotoSet } from '../photos.ts';
import { atMost, milliseconds, percent, targetTable } from '../report/format.ts';
import type { BenchOptions, Report, Suite } from '../suite.ts';

interface MetadataData {
  readonly photos: PhotoSet;
  readonly rounds: number;
  readonly files: readonly MetadataFigures[];
  /** CPU milliseconds a photo: one mean a round. */
  readonly cpu: Spread;
}

interface MetadataFigures {
  readonly name: string;
  readonly bytes: number;
  readonly bytesRead: number;
  readonly reads: number;
}

const limits = { shareRead: 0.05, cpuMs: 6 } as const;

export const metadata: Suite<MetadataData> = {
  summary: 'bytes fetched and CPU spent to know all that an original tells of itself',

  async run({ photos: folder, runs, isQuick, steps }: BenchOptions) {
    const photos = await loadPhotos(folder);
    const rounds = runs ?? (isQuick ? 5 : 50);
    steps.expect(rounds + 1);
    const files: MetadataFigures[] = [];
    for (const { name, bytes } of photos) {
      const source = countingSource(bytes);
      await readMetadata(source);
      files.push({ name, bytes: bytes.length, bytesRead: source.bytesRead, reads: source.reads });
    }
    const means: number[] = [];
    for (let round = -1; round < rounds; round += 1) {
      const before = process.cpuUsage();
      for (const { bytes } of photos) await readMetadata(countingSource(bytes));
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) means.push((user + system) / 1000 / photos.length);
      steps.done();
    }
    return { photos: describePhotos(photos, folder), rounds, files, cpu: spreadOf(means) };
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

function reportMetadata({ files, cpu, rounds, photos }: MetadataData): Report {
  const total = sumOf(files.map(({ bytes }) => bytes));
  const read = sumOf(files.map(({ bytesRead }) => bytesRead));
  const reads = files.map((file) => file.reads);
  const targets = [
    atMost('share of the photos’ bytes that is read', limits.shareRead * 100, (read / total) * 100, ' %'),
    atMost('CPU a photo', limits.cpuMs, cpu.median, ' ms', `${milliseconds(cpu)} ms`),
  ];
  const text = `What the metadata worker does with an original, the network left out: ranged reads, counted, and everything that is
parsed from them. ${photos.count} ${photos.source === 'generated' ? 'generated' : 'camera'} photos, ${rounds} rounds.

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
