// Notifications that stand in for S3's: whatever is republished is read as if S3 had said it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOriginalEvents } from '../../../shared/domain/events/s3-event.ts';
import { createdNotification, lowestSequencer } from '../../../shared/domain/events/s3-notification.ts';

const time = new Date('2026-11-02T09:15:30.123Z');
const original = { bucket: 'photos', key: 'a b+c/ü%.jpg', eTag: 'e', bytes: 5 };

describe('createdNotification', () => {
  it('form-encodes the key as S3 does: a plus for a space, slashes as they are', () => {
    const { Records } = JSON.parse(createdNotification(original, 'AB', time));

    expect(Records[0].s3.object.key).toBe('a+b%2Bc/%C3%BC%25.jpg');
  });

  it('has the shape of S3’s own, and says that it was republished', () => {
    expect(JSON.parse(createdNotification(original, 'AB', time))).toEqual({
      Records: [
        {
          ...{ eventVersion: '2.1', eventSource: 'aws:s3', eventName: 'ObjectCreated:Put' },
          eventTime: '2026-11-02T09:15:30.123Z',
          s3: {
            ...{ s3SchemaVersion: '1.0', configurationId: 'republished' },
            bucket: { name: 'photos', arn: 'arn:aws:s3:::photos' },
            object: { key: 'a+b%2Bc/%C3%BC%25.jpg', size: 5, eTag: 'e', sequencer: 'AB' },
          },
        },
      ],
    });
  });

  it('is read back as the original that it was made from, whatever its key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(), (key, bytes) => {
        fc.pre(Buffer.byteLength(key) <= 1024);
        const [event] = parseOriginalEvents(
          createdNotification({ ...original, key, bytes }, lowestSequencer, time),
          'own',
        );
        expect(event).toMatchObject({ kind: 'created', bucket: 'photos', key, bytes, eTag: 'e' });
      }),
    );
  });
});
