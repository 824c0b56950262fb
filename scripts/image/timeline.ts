// One image's lines of the log, put in order and explained: every request, every receive, and what a receive that never ended
// means. Pure.

import type { LogLine } from '../local/function-log.ts';

/** One line of the timeline. */
export interface Entry {
  /** Milliseconds since the epoch; undefined for what left no line. */
  readonly at: number | undefined;
  readonly kind: 'request' | 'receive' | 'never ended' | 'no line' | 'reconcile' | 'other';
  readonly text: string;
  /** Of a receive. */
  readonly messageId?: string;
  readonly attempt?: number;
  /** Of a receive that ended: whose it was, what came of it, why, and in how many seconds another one follows. */
  readonly task?: string;
  readonly outcome?: string;
  readonly code?: string;
  readonly reason?: string;
  readonly afterSeconds?: number;
  /** Of each step, and of all as `total`; of a request, of all. */
  readonly milliseconds?: Milliseconds;
}

type Milliseconds = Readonly<Record<string, number>>;

/** What is said of one receive of one message. */
interface Receive {
  readonly messageId: string;
  readonly attempt: number;
  begun?: number;
  end?: LogLine;
}

const received = 'message received';
const over = 'retries are over';
const handled = new Set([
  'image handled',
  'will retry',
  'unexpected failure, will retry',
  over,
  'malformed message',
]);

/** The messages that the lines of an image speak of: what else is said of them belongs to it. */
export function messageIdsIn(lines: readonly LogLine[]): Set<string> {
  return new Set(lines.flatMap(({ messageId }) => (typeof messageId === 'string' ? messageId : [])));
}

/**
 * In the order of time; a receive stands where it began, if that is known.
 * @param lines those of the image and those of its messages, in any order
 */
export function timelineOf(lines: readonly LogLine[]): Entry[] {
  const receives = receivesIn(lines);
  const others = lines.filter((line) => line.message !== received && !isReceive(line));
  const entries = [...others.map(entryOf), ...receives.map(entryOfReceive), ...missing(receives)];
  return entries.toSorted((one, other) => (one.at ?? 0) - (other.at ?? 0));
}

function isReceive({ message, messageId }: LogLine): boolean {
  return handled.has(message) && typeof messageId === 'string';
}

function receivesIn(lines: readonly LogLine[]): Receive[] {
  const receives = new Map<string, Receive>();
  for (const line of lines) {
    const { messageId, attempt } = line;
    if (typeof messageId !== 'string' || typeof attempt !== 'number') continue;
    const key = `${messageId} ${attempt}`;
    const receive = receives.get(key) ?? { messageId, attempt };
    receives.set(key, receive);
    if (line.message === received) receive.begun = timeOf(line);
    else receive.end = line;
  }
  return [...receives.values()];
}

function entryOf(line: LogLine): Entry {
  const { message, route, status, milliseconds, requestId, code, action, error } = line;
  const at = timeOf(line);
  if (typeof route === 'string') {
    const began = at - Number(milliseconds);
    const problem = typeof code === 'string' ? `, ${code}` : '';
    return {
      at: began,
      kind: 'request',
      text: `${route} ${status}${problem} in ${milliseconds} ms, request ${requestId}`,
      milliseconds: { total: Number(milliseconds) },
    };
  }
  if (typeof action === 'string') {
    const failure = error === undefined ? '' : `, which failed: ${messageOf(error)}`;
    return { at, kind: 'reconcile', text: `reconciling: ${action}${failure}` };
  }
  return { at, kind: 'other', text: message };
}

function entryOfReceive({ messageId, attempt, begun, end }: Receive): Entry {
  const which = `receive ${attempt} of message ${messageId.slice(0, 8)}`;
  const known = { messageId, attempt };
  if (end === undefined)
    return {
      ...{ at: begun, kind: 'never ended', ...known },
      text: `${which} began and never ended: its process was killed, or its time ran out`,
    };
  const { message, task, outcome = message, code, bytes, afterSeconds, milliseconds } = end;
  const reason = reasonOf(end);
  const said = [
    `${task} ${which}: ${outcome}`,
    typeof code === 'string' ? `(${code})` : '',
    reason === undefined ? '' : `because of: ${reason}`,
    typeof afterSeconds === 'number' ? `again in ${afterSeconds} s` : '',
    message === over ? 'on to the DLQ' : '',
    typeof bytes === 'number' ? `${bytes} bytes read` : '',
    stepsOf(end),
  ];
  return {
    at: begun ?? timeOf(end),
    kind: 'receive',
    ...known,
    ...{ task: String(task), outcome: String(outcome) },
    ...(typeof code === 'string' && { code }),
    ...(reason !== undefined && { reason }),
    ...(typeof afterSeconds === 'number' && { afterSeconds }),
    ...(milliseconds !== undefined && { milliseconds: milliseconds as Milliseconds }),
    text: said.filter(Boolean).join(', ').replace(', (', ' ('),
  };
}

function reasonOf({ reason, error }: LogLine): string | undefined {
  if (typeof reason === 'string') return reason;
  return error === undefined ? undefined : messageOf(error);
}

/** Receive counts go up by one: what is not there was received by somebody who left no line. */
function missing(receives: readonly Receive[]): Entry[] {
  const byMessage = Object.groupBy(receives, ({ messageId }) => messageId);
  return Object.entries(byMessage).flatMap(([messageId, all = []]) => {
    const known = new Set(all.map(({ attempt }) => attempt));
    const last = Math.max(...known);
    return Array.from({ length: last }, (_, index) => index + 1)
      .filter((attempt) => !known.has(attempt))
      .map((attempt): Entry => {
        const next = all.filter((one) => one.attempt > attempt).toSorted((a, b) => a.attempt - b.attempt)[0];
        const text = `receive ${attempt} of message ${messageId.slice(0, 8)} left no line: whoever received it was killed, ran out of time, or never got the answer`;
        const at = next?.begun ?? (next?.end && timeOf(next.end));
        return { at: at === undefined ? undefined : at - 1, kind: 'no line', messageId, attempt, text };
      });
  });
}

function stepsOf({ milliseconds }: LogLine): string {
  const steps = Object.entries((milliseconds ?? {}) as Milliseconds);
  const total = steps.find(([name]) => name === 'total')?.[1];
  const parts = steps.filter(([name]) => name !== 'total').map(([name, ms]) => `${name} ${ms}`);
  if (total === undefined) return '';
  return parts.length > 0 ? `${total} ms (${parts.join(', ')})` : `${total} ms`;
}

function messageOf(error: unknown): string {
  return String((error as { message?: unknown } | null)?.message ?? error);
}

function timeOf({ timestamp }: LogLine): number {
  return Date.parse(timestamp);
}
