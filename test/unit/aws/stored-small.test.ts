// What makes an item small, apart: names, digits and times. Each is read as it was written, and what is odd stays as it is.

import { describe, expect, it } from 'vitest';
import { readHex, readUuid, storeHex, storeUuid } from '../../../shared/aws/stored-bytes.ts';
import { readMetadata, storeMetadata } from '../../../shared/aws/stored-metadata.ts';
import { itemOf, recordOf } from '../../../shared/aws/stored-record.ts';
import { readTask, storeTask, withStoredNames } from '../../../shared/aws/stored-task.ts';
import { normalizeSequencer } from '../../../shared/domain/events/sequencer.ts';
import { completeMetadata } from '../../support/complete-metadata.ts';
import { taskRecord } from '../../support/image-records.ts';

const uuid = '8cd17f46-a442-4a3a-b018-2a1c8596aedc';

describe('a UUID', () => {
  it('is stored as sixteen bytes, and read as it was', () => {
    expect(storeUuid(uuid)).toEqual(Uint8Array.from(Buffer.from(uuid.replaceAll('-', ''), 'hex')));
    expect(readUuid(storeUuid(uuid))).toBe(uuid);
  });

  it.each(['restarted', uuid.toUpperCase(), `${uuid}0`, `0${uuid}`, uuid.replaceAll('-', ''), 'abcd', ''])(
    'is not %j, which stays as it is',
    (text) => {
      expect(storeUuid(text)).toBe(text);
      expect(readUuid(text)).toBe(text);
    },
  );
});

it('hex digits are stored as bytes, and what is none stays as it is', () => {
  expect(readHex(storeHex('00ff'))).toBe('00ff');
  expect([storeHex('00f'), storeHex('00FF'), storeHex('0f-2')]).toEqual(['00f', '00FF', '0f-2']);
});

describe('a task record', () => {
  const sequencer = normalizeSequencer('0055AED6DC00');
  const failure = { code: 'internal' as const, message: 'It failed.' };

  it('is stored with names of one letter, without fields that it has not', () => {
    const stored = storeTask(taskRecord({ sequencer, messageId: uuid, leaseUntil: 5 }));

    expect(stored).toEqual({
      ...{
        s: 'running',
        q: '0055AED6DC',
        r: '1',
        a: 'attempt',
        m: storeUuid(uuid),
        n: 1,
        l: 5,
        f: undefined,
      },
    });
  });

  it.each([
    ['done', {}],
    ['failed', { failure }],
  ] as const)('that is %s is read as it was written', (state, more) => {
    const task = taskRecord({ state, sequencer, messageId: uuid, ...more });

    expect(readTask(storeTask(task))).toStrictEqual(task);
  });

  it('is named in conditions as it is stored, and nothing else is', () => {
    const condition =
      '#metadataTask.#state = :state AND #charge.#state = :charge AND #sequencer < :sequencer';

    expect(withStoredNames(`${condition} OR #renditionsTask.#leaseUntil < :now`)).toBe(
      '#metadataTask.#s = :state AND #charge.#state = :charge AND #sequencer < :sequencer OR #renditionsTask.#l < :now',
    );
  });
});

describe('metadata', () => {
  it('is read as it was written, every field of it', () => {
    expect(readMetadata(storeMetadata(completeMetadata))).toEqual(completeMetadata);
  });

  it('has no name of more than two letters', () => {
    const names = [...JSON.stringify(storeMetadata(completeMetadata)).matchAll(/"(\w+)":/g)];

    expect(Math.max(...names.map(([, name = '']) => name.length))).toBe(2);
  });

  it.each([['a text'], [7], [undefined], [null], [['a', 'list']]])('that is %j stays as it is', (value) => {
    expect(storeMetadata(value)).toEqual(value);
    expect(readMetadata(value)).toEqual(value);
  });

  it('keeps a name that it does not know', () => {
    expect(readMetadata(storeMetadata({ unknown: { width: 1 } }))).toEqual({ unknown: { width: 1 } });
  });
});

describe('a time', () => {
  it('is stored as milliseconds, where the item has no index of it', () => {
    const times = {
      updatedAt: '2026-11-02T09:00:00.001Z',
      upload: { expiresAt: '2026-11-02T09:15:00.000Z' },
    };

    const item = itemOf('one', times);

    expect(item).toEqual({ updatedAt: 1793610000001, upload: { expiresAt: 1793610900000 } });
    expect(recordOf({ ...item, imageId: 'one' })).toMatchObject(times);
  });

  it.each(['2026-11-02T09:00:00Z', 'yesterday'])('that is %j stays as it is', (updatedAt) => {
    expect(itemOf('one', { updatedAt })).toEqual({ updatedAt });
    expect(recordOf({ imageId: 'one', updatedAt })).toMatchObject({ updatedAt });
  });
});
