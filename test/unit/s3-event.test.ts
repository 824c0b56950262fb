// S3 notifications in: what AWS really sends is understood, and whatever else comes is refused by name.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PermanentFailure } from '../../shared/domain/errors.ts';
import { parseOriginalEvents } from '../../shared/domain/events/s3-event.ts';
import { imageIdOf } from '../../shared/domain/object-keys.ts';
import { inSnsEnvelope, s3Notification, s3Record } from '../support/events.ts';

const sequencer = '0055AED6DCD90281E5';

/** The failure that parsing throws; undefined when it throws none. */
function failureOf(body: string): unknown {
  try {
    parseOriginalEvents(body);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('parseOriginalEvents', () => {
  it('reads a created object, with its sequencer normalized', () => {
    expect(parseOriginalEvents(s3Notification(s3Record()))).toEqual([
      {
        kind: 'created',
        imageId: imageIdOf('photos', 'originals/1.jpg'),
        bucket: 'photos',
        key: 'originals/1.jpg',
        sequencer: sequencer.padEnd(40, '0'),
        eTag: 'd41d8cd98f00b204e9800998ecf8427e',
        bytes: 1234,
      },
    ]);
  });

  it.each(['Put', 'Post', 'Copy', 'CompleteMultipartUpload'])('takes ObjectCreated:%s for created', (how) => {
    const [event] = parseOriginalEvents(s3Notification(s3Record({ eventName: `ObjectCreated:${how}` })));

    expect(event?.kind).toBe('created');
  });

  it.each([
    'ObjectRemoved:Delete',
    'ObjectRemoved:DeleteMarkerCreated',
    'LifecycleExpiration:Delete',
    'LifecycleExpiration:DeleteMarkerCreated',
  ])('takes %s for removed', (eventName) => {
    const [event] = parseOriginalEvents(s3Notification(s3Record({ eventName })));

    expect(event?.kind).toBe('removed');
  });

  it('gives every record of a message, in its order', () => {
    const body = s3Notification(s3Record({ key: 'a' }), s3Record({ key: 'b' }));

    expect(parseOriginalEvents(body).map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('reads the same from an SNS envelope as from a raw message', () => {
    const raw = s3Notification(s3Record());

    expect(parseOriginalEvents(inSnsEnvelope(raw))).toEqual(parseOriginalEvents(raw));
  });

  it('finds nothing in s3:TestEvent, raw or wrapped', () => {
    const test = JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'photos' });

    expect(parseOriginalEvents(test)).toEqual([]);
    expect(parseOriginalEvents(inSnsEnvelope(test))).toEqual([]);
  });

  it('decodes any key that S3 form-encodes', () => {
    const formEncoded = (key: string) => encodeURIComponent(key).replaceAll('%20', '+');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (key) => {
        const [event] = parseOriginalEvents(s3Notification(s3Record({ key: formEncoded(key) })));
        expect(event?.key).toBe(key);
      }),
    );
  });

  it.each([
    ['text that is not JSON', 'hello'],
    ['JSON that is no object', '42'],
    ['an empty list of records', s3Notification()],
    ['a record of another service', s3Notification(s3Record({ eventSource: 'aws:dynamodb' }))],
    ['an event that nothing here handles', s3Notification(s3Record({ eventName: 'ObjectRestore:Post' }))],
    ['a sequencer that is not hexadecimal', s3Notification(s3Record({ sequencer: 'later' }))],
    ['a key that is not form-encoded', s3Notification(s3Record({ key: '100%' }))],
    ['an empty key', s3Notification(s3Record({ key: '' }))],
    ['an SNS envelope around no JSON', inSnsEnvelope('hello')],
  ])('refuses %s as malformed', (_what, body) => {
    const failure = failureOf(body);

    expect(failure).toBeInstanceOf(PermanentFailure);
    expect((failure as PermanentFailure).code).toBe('malformed-message');
  });

  it('refuses a created object without eTag or size, which no worker could fetch', () => {
    for (const missing of ['eTag', 'size']) {
      const failure = failureOf(s3Notification(s3Record({ [missing]: undefined })));

      expect(failure).toMatchObject({ code: 'malformed-message' });
    }
  });

  it('never throws anything but a malformed message, whatever arrives', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        const failure = failureOf(body);
        expect(failure === undefined || failure instanceof PermanentFailure).toBe(true);
      }),
    );
  });
});
