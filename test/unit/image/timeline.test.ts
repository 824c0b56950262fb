// One image's lines of the log, in order and explained.

import { describe, expect, it } from 'vitest';
import { timelineOf } from '../../../scripts/image/timeline.ts';
import type { LogLine } from '../../../scripts/local/function-log.ts';

const begin = Date.parse('2026-11-02T09:00:00.000Z');
const imageId = '0199a3c4-7b1e-7c2d-8f3a-000000000001';
const messageId = '57be2acd-0000-4000-8000-000000000000';

function line(seconds: number, message: string, details: object): LogLine {
  return { timestamp: new Date(begin + seconds * 1000).toISOString(), level: 'INFO', message, ...details };
}

const received = (seconds: number, attempt: number, of = messageId) =>
  line(seconds, 'message received', { functionName: 'darkroom-dev-renditions', messageId: of, attempt });
const handled = (seconds: number, attempt: number, details: object, of = messageId) =>
  line(seconds, 'image handled', { ...{ imageId, task: 'renditions', messageId: of, attempt }, ...details });

describe('the timeline of an image', () => {
  it('has each receive where it began, with its outcome and its steps', () => {
    const milliseconds = { claim: 8, develop: 250, total: 312 };
    const timeline = timelineOf([
      handled(1.5, 1, { outcome: 'done', bytes: 98_304, milliseconds }),
      received(1, 1),
      line(0.5, 'request answered', {
        imageId,
        route: 'POST /uploads',
        status: 201,
        milliseconds: 90,
        requestId: 'r',
      }),
    ]);

    expect(timeline).toEqual([
      {
        ...{ at: begin + 410, kind: 'request', milliseconds: { total: 90 } },
        text: 'POST /uploads 201 in 90 ms, request r',
      },
      {
        ...{ at: begin + 1000, kind: 'receive', messageId, attempt: 1 },
        ...{ task: 'renditions', outcome: 'done', milliseconds },
        text: 'renditions receive 1 of message 57be2acd: done, 98304 bytes read, 312 ms (claim 8, develop 250)',
      },
    ]);
  });

  it('says of a receive that never ended that it was killed, or ran out of time', () => {
    const timeline = timelineOf([received(1, 1), received(60, 2), handled(61, 2, { outcome: 'done' })]);

    expect(timeline.map(({ kind, attempt }) => [kind, attempt])).toEqual([
      ['never ended', 1],
      ['receive', 2],
    ]);
    expect(timeline[0]?.text).toContain('began and never ended: its process was killed, or its time ran out');
  });

  it('knows of receives that left no line, by the count of the later ones', () => {
    const timeline = timelineOf([handled(61, 3, { outcome: 'done' })]);

    expect(timeline.map(({ kind, attempt }) => [kind, attempt])).toEqual([
      ['no line', 1],
      ['no line', 2],
      ['receive', 3],
    ]);
  });

  it('says why a receive is repeated, and when', () => {
    const [entry] = timelineOf([
      line(1, 'will retry', {
        ...{ imageId, task: 'metadata', messageId, attempt: 2, outcome: 'will retry' },
        ...{ code: 'dependency-unavailable', reason: 'S3 GetObject: SlowDown', afterSeconds: 20 },
      }),
    ]).slice(-1);

    expect(entry).toMatchObject({
      ...{ task: 'metadata', outcome: 'will retry', code: 'dependency-unavailable' },
      ...{ reason: 'S3 GetObject: SlowDown', afterSeconds: 20 },
    });
    expect(entry?.text).toBe(
      'metadata receive 2 of message 57be2acd: will retry (dependency-unavailable), because of: S3 GetObject: SlowDown, again in 20 s',
    );
  });

  it.each([
    [
      'retries are over',
      { outcome: 'failed', code: 'internal', reason: 'S3 is away' },
      'failed (internal), because of: S3 is away, on to the DLQ',
    ],
    ['malformed message', { error: { message: 'not JSON' } }, 'malformed message, because of: not JSON'],
  ])('says how a message came to be put aside: %s', (message, details, said) => {
    const [entry] = timelineOf([
      line(1, message, { imageId, task: 'metadata', messageId, attempt: 1, ...details }),
    ]);

    expect(entry?.text).toBe(`metadata receive 1 of message 57be2acd: ${said}`);
  });

  it('tells a duplicate from the message that has the work', () => {
    const other = '91a107f1-0000-4000-8000-000000000000';
    const timeline = timelineOf([
      handled(2, 1, { outcome: 'duplicate' }, other),
      handled(1, 1, { outcome: 'done' }),
    ]);

    expect(timeline.map(({ text }) => text)).toEqual([
      'renditions receive 1 of message 57be2acd: done',
      'renditions receive 1 of message 91a107f1: duplicate',
    ]);
  });

  it('has what reconciling did', () => {
    const [entry] = timelineOf([line(1, 'reconciled', { imageId, action: 'republish' })]);

    expect(entry).toMatchObject({ kind: 'reconcile', text: 'reconciling: republish' });
  });
});
