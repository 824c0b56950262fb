// Update expressions: what is set, what is set once, what is removed, and no name or value that nobody uses.

import { describe, expect, it } from 'vitest';
import { updateOf } from '../../../shared/aws/update-expression.ts';

describe('updateOf', () => {
  it('sets, sets once, removes and asks in one expression, every name and value declared', () => {
    const expression = updateOf({
      set: { status: 'done', bytes: 5 },
      setOnce: { ownerId: 'local' },
      remove: ['expired', 'removed'],
      condition: '#task.#state = :running AND #sequencer <= :sequencer',
      values: { running: 'running', sequencer: 'A' },
    });

    expect(expression).toEqual({
      UpdateExpression:
        'SET #status = :set_status, #bytes = :set_bytes, #ownerId = if_not_exists(#ownerId, :set_ownerId) ' +
        'REMOVE #expired, #removed',
      ConditionExpression: '#task.#state = :running AND #sequencer <= :sequencer',
      ExpressionAttributeNames: {
        ...{ '#status': 'status', '#bytes': 'bytes', '#ownerId': 'ownerId', '#expired': 'expired' },
        ...{ '#removed': 'removed', '#task': 'task', '#state': 'state', '#sequencer': 'sequencer' },
      },
      ExpressionAttributeValues: {
        ...{ ':running': 'running', ':sequencer': 'A', ':set_status': 'done', ':set_bytes': 5 },
        ':set_ownerId': 'local',
      },
    });
  });

  it('leaves out what is undefined', () => {
    const { UpdateExpression, ExpressionAttributeValues } = updateOf({
      set: { kept: 1, dropped: undefined },
      condition: '#a = #b',
    });

    expect(UpdateExpression).toBe('SET #kept = :set_kept');
    expect(ExpressionAttributeValues).toEqual({ ':set_kept': 1 });
  });

  it('only removes where nothing is set', () => {
    expect(updateOf({ remove: ['a'], condition: '#b = :b', values: { b: 1 } })).toMatchObject({
      ...{ UpdateExpression: 'REMOVE #a', ExpressionAttributeNames: { '#a': 'a', '#b': 'b' } },
      ExpressionAttributeValues: { ':b': 1 },
    });
  });

  it('declares no name where none is used', () => {
    expect(updateOf({ condition: 'attribute_not_exists(imageId)' })).toEqual({
      ...{ UpdateExpression: '', ConditionExpression: 'attribute_not_exists(imageId)' },
      ...{ ExpressionAttributeNames: {}, ExpressionAttributeValues: {} },
    });
  });
});
