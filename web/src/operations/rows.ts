// What happened to an image, as the rows of a timeline: titles, gaps, and how long each step took. Pure.

import { strings } from '../strings.ts';
import type { TraceAnswer, TraceEntry } from './answers.ts';

export interface Row {
  /** Milliseconds since the epoch; null for what left no line. */
  readonly at: number | null;
  /** Since the row before, in milliseconds. */
  readonly gap: number | null;
  readonly tone: 'plain' | 'good' | 'warn' | 'bad';
  readonly title: string;
  /** Everything that is known of it, in one sentence. */
  readonly detail: string;
  /** In milliseconds, in their order; empty where nothing was measured. */
  readonly steps: readonly { readonly name: string; readonly milliseconds: number }[];
  readonly total: number | undefined;
}

const words = strings.operations.trace;
const tones: Readonly<Record<string, Row['tone']>> = {
  ...{ done: 'good', deleted: 'good', 'settled before': 'good' },
  ...{ rejected: 'warn', 'will retry': 'warn', 'claim lost': 'warn' },
  ...{ failed: 'bad', 'retries are over': 'bad', 'malformed message': 'bad' },
};
const polling = /^GET \/images\/\{imageId\} /;

/** In the order of time. Who asked for the status again and again is one row. */
export function rowsOf({ image, timeline }: TraceAnswer): Row[] {
  const last = timeline.findLast(({ kind }) => kind === 'receive' || kind === 'never ended');
  const found = timeline.flatMap((entry, index): Placed[] => {
    if (isPoll(entry) && isPoll(timeline[index - 1])) return [];
    if (isPoll(entry)) return [{ at: entry.at, ...pollRow(entry, timeline.slice(index)) }];
    return [{ at: entry.at, ...rowOf(entry, entry === last && image.status === 'processing') }];
  });
  return withGaps([...found, ...settledRow(image, timeline)]);
}

type Content = Omit<Row, 'at' | 'gap'>;
type Placed = Omit<Row, 'gap'>;

/** Those without a time stay where they are. */
function withGaps(rows: readonly Placed[]): Row[] {
  let before: number | null = null;
  return rows
    .map((row, index) => ({ row, time: row.at ?? rows[index - 1]?.at ?? 0 }))
    .toSorted((one, other) => one.time - other.time)
    .map(({ row }) => {
      const gap: number | null = before === null || row.at === null ? null : row.at - before;
      before = row.at ?? before;
      return { ...row, gap };
    });
}

/** When consumers were told: at the end of the receive that told them last. */
function settledRow(
  { status, isAnnounced }: TraceAnswer['image'],
  timeline: TraceAnswer['timeline'],
): Placed[] {
  const titles: Readonly<Record<string, string>> = words.settled;
  const telling = timeline.findLast(({ milliseconds }) => milliseconds?.['announce'] !== undefined);
  const title = titles[status];
  if (!isAnnounced || title === undefined || telling === undefined || telling.at === null) return [];
  const at = telling.at + (telling.milliseconds?.['total'] ?? 0);
  return [{ at, tone: tones[status] ?? 'good', title, detail: '', steps: [], total: undefined }];
}

function isPoll(entry: TraceEntry | undefined): boolean {
  return entry?.kind === 'request' && polling.test(entry.text);
}

function pollRow({ text }: TraceEntry, following: readonly TraceEntry[]): Content {
  const end = following.findIndex((entry) => !isPoll(entry));
  const count = end === -1 ? following.length : end;
  return {
    tone: 'plain',
    title: words.polled(count),
    detail: count === 1 ? text : '',
    steps: [],
    total: undefined,
  };
}

function rowOf(entry: TraceEntry, isRunning: boolean): Content {
  const { kind, text, milliseconds = {} } = entry;
  const { total, ...steps } = milliseconds;
  const content = {
    detail: text,
    steps: Object.entries(steps).map(([name, taken]) => ({ name, milliseconds: taken })),
    total,
  };
  switch (kind) {
    case 'request':
      return { ...content, tone: 'plain', title: requestTitle(text), steps: [] };
    case 'receive':
      return { ...content, ...receive(entry) };
    case 'never ended':
      return isRunning
        ? { ...content, tone: 'plain', title: words.running, detail: '' }
        : { ...content, tone: 'bad', title: words.killed };
    case 'no line':
      return { ...content, tone: 'bad', title: words.noLine };
    case 'reconcile':
      return { ...content, tone: 'plain', title: words.reconciled };
    case 'other':
      return { ...content, tone: 'plain', title: text, detail: '' };
  }
}

function requestTitle(text: string): string {
  const [route] = Object.entries(words.requests).find(([start]) => text.startsWith(`${start} `)) ?? [];
  return route === undefined ? words.request : words.requests[route as keyof typeof words.requests];
}

function receive({ task = '', outcome = '', attempt = 0, code, reason, afterSeconds }: TraceEntry) {
  const outcomes: Readonly<Record<string, string>> = words.outcomes;
  const said = [
    words.attempt(attempt),
    ...(code === undefined ? [] : [code]),
    ...(reason === undefined ? [] : [reason]),
    ...(afterSeconds === undefined ? [] : [words.again(afterSeconds)]),
  ];
  return {
    tone: tones[outcome] ?? ('plain' as const),
    title: `${task === 'undefined' ? words.worker : task}: ${outcomes[outcome] ?? outcome}`,
    detail: said.join(' · '),
  };
}
