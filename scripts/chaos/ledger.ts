// The ledger: every upload with what became of it, against what becomes of the same file without faults. Pure.
import type { ImageRecord } from '../../shared/domain/image-record.ts';
import { viewImage } from '../../shared/domain/image-view.ts';
import { type Status, statusOf } from '../../shared/domain/status.ts';
import { renderTable } from '../terminal/table.ts';

export interface Upload {
  readonly imageId: string;
  readonly file: string;
}

/** What is the same for every upload of one file. */
export interface Outcome {
  readonly status: Status | 'unknown';
  readonly details: string;
}

export interface Difference extends Upload {
  readonly expected: string;
  readonly found: string;
}

/** What became of an image, but for what differs from upload to upload: IDs, times, keys. */
export function outcomeOf(record: ImageRecord | undefined): Outcome {
  if (record === undefined) return { status: 'unknown', details: '' };
  const { metadata, placeholder, perceptualHash, renditions, original, failure } = viewImage(record);
  // Either worker may be the one to reject a file, each in its own words.
  const isRejected = failure !== null && !failure.retryable;
  const made = {
    metadata,
    placeholder,
    perceptualHash,
    renditions,
    original: { ...original, url: undefined },
  };
  return { status: statusOf(record), details: isRejected ? 'rejected' : JSON.stringify(made) };
}

export const accounted = ['ready', 'rejected', 'failed'] as const satisfies readonly Status[];

/** How many uploads there are of each status. */
export function tally(outcomes: readonly Outcome[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { status } of outcomes) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

/** Uploads whose outcome is not that of their file. */
export function differences(
  uploads: readonly Upload[],
  records: ReadonlyMap<string, ImageRecord>,
  expected: ReadonlyMap<string, Outcome>,
): Difference[] {
  return uploads.flatMap((upload) => {
    const found = outcomeOf(records.get(upload.imageId));
    const wanted = expected.get(upload.file);
    if (wanted && found.status === wanted.status && found.details === wanted.details) return [];
    return { ...upload, expected: describe(wanted), found: describe(found) };
  });
}

function describe(outcome: Outcome | undefined): string {
  return outcome ? `${outcome.status} ${outcome.details}` : 'nothing';
}

/** The ledger for a terminal: a row a status, and the sum. */
export function renderLedger(counts: ReadonlyMap<string, number>, uploads: number): string {
  const others = [...counts].filter(([status]) => !(accounted as readonly string[]).includes(status));
  const rows = [
    ...accounted.map((status) => [status, counts.get(status) ?? 0]),
    ...others.map(([status, count]) => [`${status} (not accounted for)`, count]),
    ['uploads', uploads],
  ];
  return renderTable(rows, { align: ['left', 'right'] });
}
