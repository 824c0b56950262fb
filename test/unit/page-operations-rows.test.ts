// What the page makes of a trace: rows in the order of time, with gaps, steps, and words for what happened.
import { describe, expect, it } from 'vitest';
import type { ImageAnswer, TraceEntry } from '../../web/src/operations/answers.ts';
import { rowsOf } from '../../web/src/operations/rows.ts';

const begin = Date.parse('2026-11-02T09:00:00.000Z');
const image: ImageAnswer = {
  ...{ imageId: 'one', fileName: 'a.jpg', status: 'ready', thumbnail: null, placeholder: null },
  ...{ createdAt: null, updatedAt: '', isAnnounced: true, tasks: [], original: null, renditionCount: 0 },
  ...{ putAside: [], next: { says: '', command: null, canRedrive: false } },
};

const request = (at: number, text: string): TraceEntry => ({ at: begin + at, kind: 'request', text });
const poll = (at: number) => request(at, 'GET /images/{imageId} 200 in 5 ms, request r');
const receive = (at: number, attempt: number, details: Partial<TraceEntry>): TraceEntry => ({
  ...{ at: begin + at, kind: 'receive', text: 'all of it', task: 'renditions', attempt },
  ...details,
});
const of = (timeline: readonly TraceEntry[], changes: Partial<ImageAnswer> = {}) =>
  rowsOf({ image: { ...image, ...changes }, timeline });

describe('the rows of a trace', () => {
  it('tell when, how long after the row before, and what took how long', () => {
    const milliseconds = { claim: 8, develop: 250, total: 312 };
    const rows = of([
      request(0, 'POST /uploads 201 in 90 ms, request r'),
      receive(1000, 1, { outcome: 'done', milliseconds }),
    ]);

    expect(rows).toMatchObject([
      { at: begin, gap: null, title: 'Upload URL issued', tone: 'plain' },
      { at: begin + 1000, gap: 1000, title: 'renditions: done', tone: 'good', total: 312 },
    ]);
    expect(rows[1]?.steps).toEqual([
      { name: 'claim', milliseconds: 8 },
      { name: 'develop', milliseconds: 250 },
    ]);
  });

  it('say when consumers were told: at the end of the receive that told them', () => {
    const telling = { outcome: 'done', milliseconds: { announce: 20, total: 300 } };
    const reprocess = request(500, 'POST /images/{imageId}/reprocess 202 in 5 ms, request r');
    const rows = of([receive(0, 1, telling), poll(100), poll(200), reprocess]);

    expect(rows.map(({ title, at }) => [title, (at ?? 0) - begin])).toEqual([
      ['renditions: done', 0],
      ['Its status was asked for 2 times', 100],
      ['Ready, and consumers were told', 300],
      ['Reprocessing asked for', 500],
    ]);
    expect(rows.map(({ gap }) => gap)).toEqual([null, 100, 200, 200]);
    expect(of([receive(0, 1, telling)], { isAnnounced: false })).toHaveLength(1);
  });

  it('have one row for all who asked for the status one after the other', () => {
    const rows = of([poll(0), poll(10), receive(20, 1, { outcome: 'done' }), poll(30)]);

    expect(rows.map(({ title }) => title)).toEqual([
      'Its status was asked for 2 times',
      'renditions: done',
      'Its status was asked for',
    ]);
  });

  it('say why a receive did not succeed, and when the next one comes', () => {
    const [row] = of([
      receive(0, 2, { outcome: 'will retry', code: 'internal', reason: 'S3 is away', afterSeconds: 20 }),
    ]);

    expect(row).toMatchObject({
      title: 'renditions: did not succeed, will be retried',
      detail: 'receive 2 · internal · S3 is away · again in 20 s',
      tone: 'warn',
    });
  });

  it.each<[TraceEntry['kind'], string, string]>([
    ['never ended', 'ready', 'Received, and killed or out of time'],
    ['never ended', 'processing', 'Received, and being worked on'],
    ['no line', 'processing', 'Received, and lost without a line'],
    ['reconcile', 'ready', 'Reconciled'],
  ])('tell %s of an image that is %s from anything else', (kind, status, title) => {
    const [row] = of([{ at: begin, kind, text: 'all of it', attempt: 1 }], { status });

    expect(row?.title).toBe(title);
  });

  it('keep an outcome that they have no words for', () => {
    const [row] = of([receive(0, 1, { outcome: 'something new' })]);

    expect(row).toMatchObject({ title: 'renditions: something new', tone: 'plain' });
  });
});
