// The image corpus, where it lies beside the project: files with what independent tools say of them.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const corpusFolder = join(import.meta.dirname, '../../../shared/corpus');

export const hasCorpus = existsSync(join(corpusFolder, 'manifest.jsonl'));

/** For the titles of suites that need it: a skipped suite says why. */
export const corpusNote = hasCorpus ? '' : ' (skipped: ../shared/corpus is not there)';

export type Outcome = 'ok' | 'reject-unsupported' | 'reject-corrupt' | 'reject-too-large';

export interface CorpusFile {
  readonly path: string;
  readonly acceptable: readonly Outcome[];
  readonly format: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly display_width: number | null;
  readonly display_height: number | null;
  readonly orientation: number | null;
  readonly has_alpha: boolean | null;
  readonly frames: number | null;
  readonly bit_depth: number | null;
  readonly icc_profile: string | null;
  readonly date_time_original: string | null;
  readonly offset_time_original: string | null;
  readonly make: string | null;
  readonly model: string | null;
  readonly gps_lat: number | null;
  readonly gps_lon: number | null;
  readonly gps_alt: number | null;
}

export function corpusFiles(): CorpusFile[] {
  if (!hasCorpus) return [];
  const lines = readFileSync(join(corpusFolder, 'manifest.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as CorpusFile);
}

export function readCorpus(path: string): Buffer {
  return readFileSync(join(corpusFolder, path));
}
