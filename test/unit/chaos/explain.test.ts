// What a run of chaos holds against the trace of an image.

import { expect, it } from 'vitest';
import { flawsOf } from '../../../scripts/chaos/explain.ts';
import type { Entry } from '../../../scripts/image/timeline.ts';

const receive = (messageId: string, text: string, changes: Partial<Entry> = {}): Entry => ({
  ...{ at: 1000, kind: 'receive', messageId, attempt: 1, text: `receive 1 of message ${messageId}: ${text}` },
  ...changes,
});
const both = [receive('one', 'done'), receive('two', 'done')];
const never = () => undefined;
const at = (milliseconds: number) => () => new Date(milliseconds).toISOString();

it('finds nothing in a trace that explains all', () => {
  expect(flawsOf(both, 0, [], never)).toEqual([]);
  const killed = receive('one', 'began and never ended', { kind: 'never ended' });
  expect(flawsOf([killed, ...both], 0, [1500], never)).toEqual([]);
});

it('finds that nothing settled the image', () => {
  const retried = receive('one', 'will retry, because of: S3 is away, again in 5 s');

  expect(flawsOf([retried, receive('two', 'duplicate')], 0, [], never)).toEqual(['No receive settled it.']);
});

it('finds that a repetition left no message', () => {
  expect(flawsOf(both, 1, [], never)).toEqual(['1 repetitions, but only 2 messages of two workers.']);
});

it('finds a receive that ended after everything was killed', () => {
  expect(flawsOf(both, 0, [1500], at(9000))).toHaveLength(2);
  expect(flawsOf(both, 0, [1500], at(1200))).toEqual([]);
});

it('finds a retry that does not say why', () => {
  const [flaw] = flawsOf([...both, receive('one', 'will retry, 12 ms')], 0, [], never);

  expect(flaw).toContain('does not say why it is repeated');
});
