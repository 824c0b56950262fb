// What a record says of the original that is there now, and which objects nobody needs any more.

import { describe, expect, it } from 'vitest';
import { normalizeSequencer } from '../../../shared/domain/events/sequencer.ts';
import { currentTask, isTaskSettled, keysToDelete, resultsOf } from '../../../shared/domain/image-record.ts';
import type { StoredRendition } from '../../../shared/domain/stored-rendition.ts';
import { processing, ready, sequencer, taskRecord } from '../../support/image-records.ts';

const stale = taskRecord({ state: 'done', sequencer: normalizeSequencer('0055') });
const metadata = { format: 'jpeg', width: 640, height: 480 } as const;

function rendition(key: string): StoredRendition {
  return {
    ...{ variant: 'thumb', format: 'webp', contentType: 'image/webp', width: 160, height: 120, frames: 1 },
    ...{ bytes: 2048, key },
  } as const;
}

describe('currentTask', () => {
  it('is the task of the original that is there now', () => {
    const record = processing({ metadataTask: stale });

    expect(currentTask(record, 'renditions')).toBe(record.renditionsTask);
    expect(currentTask(record, 'metadata')).toBeUndefined();
  });

  it('is nothing where nothing has begun', () => {
    const { renditionsTask: _task, ...record } = processing();

    expect(currentTask(record, 'renditions')).toBeUndefined();
  });
});

describe('isTaskSettled', () => {
  it.each([
    ['running', false],
    ['done', true],
    ['rejected', true],
    ['failed', true],
  ] as const)('takes a task that is %s for settled: %s', (state, isSettled) => {
    expect(isTaskSettled(processing({ renditionsTask: taskRecord({ state }) }), 'renditions')).toBe(
      isSettled,
    );
  });

  it('does not take a task of an earlier original, or none, for settled', () => {
    const { renditionsTask: _task, ...record } = processing({ metadataTask: stale });

    expect(isTaskSettled(record, 'metadata')).toBe(false);
    expect(isTaskSettled(record, 'renditions')).toBe(false);
  });
});

describe('resultsOf', () => {
  const results = { metadata, renditions: [rendition('a')], sha256: 'ab12' } as object;

  it('gives what done tasks have left', () => {
    const record = ready(results);

    expect(resultsOf(record)).toEqual({ metadata, renditions: [rendition('a')], sha256: 'ab12' });
  });

  it.each([
    ['is running again', taskRecord()],
    ['failed', taskRecord({ state: 'failed' })],
    ['was done for an earlier original', stale],
  ])('gives nothing of a task that %s', (_what, renditionsTask) => {
    expect(resultsOf(ready({ ...results, renditionsTask }))).toEqual({ metadata });
  });

  it('has no name for what a done task has not left', () => {
    const { renditions: _renditions, ...record } = ready();

    expect(Object.keys(resultsOf(record))).toEqual([]);
    expect(record.sequencer).toBe(sequencer);
  });
});

describe('keysToDelete', () => {
  it('names what is listed and what was listed before, each once', () => {
    const record = ready({ renditions: [rendition('a'), rendition('b')], superseded: ['b', 'c'] });

    expect(keysToDelete(record)).toEqual(['a', 'b', 'c']);
  });

  it('spares what is kept, listed or not', () => {
    const record = ready({ renditions: [rendition('a'), rendition('b')], superseded: ['c'] });

    expect(keysToDelete(record, [rendition('b'), rendition('c')])).toEqual(['a']);
  });

  it('names nothing where nothing is listed', () => {
    const { renditions: _renditions, ...record } = ready();

    expect(keysToDelete(record)).toEqual([]);
  });
});
