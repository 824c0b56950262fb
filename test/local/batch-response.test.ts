// Which answers of a function keep which messages: the table of Lambda's documentation.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
import { describe, expect, it } from 'vitest';
import { readOutcome } from '../../scripts/local/event-source-mapping/response.ts';

const batch = new Set(['one', 'two']);

describe('the answer of a function with ReportBatchItemFailures', () => {
  it.each<[what: string, answer: unknown, failed: string[]]>([
    ['null', null, []],
    ['nothing', undefined, []],
    ['an empty object', {}, []],
    ['a null list', { batchItemFailures: null }, []],
    ['an empty list', { batchItemFailures: [] }, []],
    ['one failure', { batchItemFailures: [{ itemIdentifier: 'two' }] }, ['two']],
    [
      'the same failure twice',
      { batchItemFailures: [{ itemIdentifier: 'two' }, { itemIdentifier: 'two' }] },
      ['two'],
    ],
  ])('keeps the reported messages for %s', (_what, answer, failed) => {
    expect(readOutcome(answer, batch)).toEqual({ kind: 'failed-items', messageIds: new Set(failed) });
  });

  it.each<[what: string, answer: unknown]>([
    ['text', 'ok'],
    ['a list that is none', { batchItemFailures: {} }],
    ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['a null identifier', { batchItemFailures: [{ itemIdentifier: null }] }],
    ['a wrong key', { batchItemFailures: [{ messageId: 'one' }] }],
    ['a null entry', { batchItemFailures: [null] }],
    [
      'a message of another batch',
      { batchItemFailures: [{ itemIdentifier: 'one' }, { itemIdentifier: 'three' }] },
    ],
  ])('keeps the whole batch for %s', (_what, answer) => {
    expect(readOutcome(answer, batch)).toMatchObject({ kind: 'failed-batch' });
  });
});
