// S3 notifications in: what AWS really sends is understood, and whatever else comes is refused by name.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PermanentFailure } from '../../../shared/domain/errors.ts';
import { parseOriginalEvents as parse } from '../../../shared/domain/events/s3-event.ts';
import { imageIdOf } from '../../../shared/domain/object-keys.ts';
import { inSnsEnvelope, s3Notification, s3Record } from '../../support/events.ts';

const sequencer = '0055AED6DCD90281E5';

const ownBucket = 'photos';
const parseOriginalEvents = (body: string) => parse(body, ownBucket);

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
        imageId: imageIdOf('photos', 'originals/1.jpg', ownBucket),
        bucket: 'photos',
        key: 'originals/1.jpg',
        sequencer: sequencer.padEnd(40, '0'),
        eTag: 'd41d8cd98f00b204e9800998ecf8427e',
        bytes: 1234,
        storedAt: Date.parse('2026-11-02T09:15:30.123Z'),
      },
    ]);
  });

  it.each([undefined, 'yesterday'])(
    'takes an event whose time is %s for one of an unknown time',
    (eventTime) => {
      const [event] = parseOriginalEvents(s3Notification({ ...s3Record(), eventTime }));

      expect(event?.kind).toBe('created');
      expect(event).not.toHaveProperty('storedAt');
    },
  );

  it.each(['Put', 'Post', 'Copy', 'CompleteMultipartUpload'])('takes ObjectCreated:%s for created', (how) => {
    const [event] = parseOriginalEvents(s3Notification(s3Record({ eventName: `ObjectCreated:${how}` })));

    expect(event?.kind).toBe('created');
  });

  it('tells a form, which can be sent again, from whatever else creates an object', () => {
    const [form] = parseOriginalEvents(s3Notification(s3Record({ eventName: 'ObjectCreated:Post' })));
    const [put] = parseOriginalEvents(s3Notification(s3Record({ eventName: 'ObjectCreated:Put' })));

    expect(form).toEqual({ ...put, byForm: true });
    expect(put).not.toHaveProperty('byForm');
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

  it.each(['ObjectRemoved:Delete', 'LifecycleExpiration:Delete'])(
    'takes %s of one version for nothing: the object may still be there',
    (eventName) => {
      const versionId = '3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY';

      expect(parseOriginalEvents(s3Notification(s3Record({ eventName, versionId })))).toEqual([]);
      expect(parseOriginalEvents(s3Notification(s3Record({ eventName, versionId: null })))).toHaveLength(1);
    },
  );

  it('takes what a bucket with versions says of an object like what one without them says', () => {
    const versionId = '3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY';
    const [marked] = parseOriginalEvents(
      s3Notification(s3Record({ eventName: 'ObjectRemoved:DeleteMarkerCreated', versionId })),
    );

    expect(parseOriginalEvents(s3Notification(s3Record({ versionId })))).toEqual(
      parseOriginalEvents(s3Notification(s3Record())),
    );
    expect(marked?.kind).toBe('removed');
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
        fc.pre(Buffer.byteLength(key) <= 1024);
        const [event] = parseOriginalEvents(s3Notification(s3Record({ key: formEncoded(key) })));
        expect(event?.key).toBe(key);
      }),
    );
  });

  it.each([
    ['text that is not JSON', 'hello', 'not JSON'],
    ['JSON that is no object', '42', 'not an S3 notification: '],
    ['an empty list of records', s3Notification(), 'not an S3 notification: '],
    ['a record of another service', s3Notification(s3Record({ eventSource: 'aws:dynamodb' })), 'eventSource'],
    ['a record without a bucket', s3Notification(s3Record({ bucket: '' })), 'bucket.name'],
    [
      'a restored object',
      s3Notification(s3Record({ eventName: 'ObjectRestore:Post' })),
      'ObjectRestore:Post',
    ],
    [
      'an event named like one',
      s3Notification(s3Record({ eventName: 'NoObjectCreated:Put' })),
      'NoObjectCreated',
    ],
    ['an event named almost so', s3Notification(s3Record({ eventName: 'ObjectRemoved' })), 'ObjectRemoved'],
    ['another named like one', s3Notification(s3Record({ eventName: 'NoObjectRemoved:Delete' })), 'NoObject'],
    ['a sequencer that is not hexadecimal', s3Notification(s3Record({ sequencer: 'later' })), 'sequencer'],
    ['a sequencer that ends otherwise', s3Notification(s3Record({ sequencer: '0055 ' })), 'sequencer'],
    ['a sequencer that begins otherwise', s3Notification(s3Record({ sequencer: ' 0055' })), 'sequencer'],
    ['an empty sequencer', s3Notification(s3Record({ sequencer: '' })), 'sequencer'],
    ['a sequencer of 41 digits', s3Notification(s3Record({ sequencer: '0'.repeat(41) })), 'sequencer'],
    [
      'a sequencer longer than any that S3 gives',
      s3Notification(s3Record({ sequencer: 'F'.repeat(40) })),
      'sequencer',
    ],
    [
      'a sequencer of one digit too many',
      s3Notification(s3Record({ sequencer: 'F'.repeat(33) })),
      'sequencer',
    ],
    ['a key longer than S3 takes', s3Notification(s3Record({ key: 'k'.repeat(3 * 1024 + 1) })), 'key'],
    ['an ETag longer than any that S3 gives', s3Notification(s3Record({ eTag: 'e'.repeat(65) })), 'eTag'],
    ['a size below zero', s3Notification(s3Record({ size: -1 })), 'size'],
    ['a size that is no whole number', s3Notification(s3Record({ size: 0.5 })), 'size'],
    ['a bucket name longer than any', s3Notification(s3Record({ bucket: 'b'.repeat(64) })), 'bucket.name'],
    [
      'more records than S3 writes',
      s3Notification(...Array.from({ length: 11 }, () => s3Record())),
      'Records',
    ],
    ['a key that is not form-encoded', s3Notification(s3Record({ key: '100%' })), 'form-encoded: 100%'],
    ['an empty key', s3Notification(s3Record({ key: '' })), 'key'],
    ['an SNS envelope around no JSON', inSnsEnvelope('hello'), 'not JSON'],
    [
      'an envelope of another type',
      JSON.stringify({ Type: 'Confirmation', Message: s3Notification() }),
      'not an S3',
    ],
  ])('refuses %s as malformed, and says what is', (_what, body, message) => {
    const failure = failureOf(body);

    expect(failure).toBeInstanceOf(PermanentFailure);
    expect(failure).toMatchObject({ code: 'malformed-message', message: expect.stringContaining(message) });
  });

  it('keeps the error below, where there is one', () => {
    expect(failureOf('hello')).toMatchObject({ cause: expect.any(SyntaxError) });
    expect(failureOf(s3Notification(s3Record({ key: '%' })))).toMatchObject({ cause: expect.any(URIError) });
  });

  it('takes every plus of a key for a space, and every encoded one for a plus', () => {
    const [event] = parseOriginalEvents(s3Notification(s3Record({ key: 'a+b+%2B+c' })));

    expect(event?.key).toBe('a b + c');
  });

  it('reads a sequencer of up to 32 digits, padded to 40', () => {
    const longest = 'ab'.repeat(16);
    const events = [longest, longest.padEnd(40, '0')].flatMap((given) =>
      parseOriginalEvents(s3Notification(s3Record({ sequencer: given }))),
    );

    expect(events.map((event) => event.sequencer)).toEqual(Array(2).fill('AB'.repeat(16).padEnd(40, '0')));
  });

  it('takes what is just as long as S3 makes it', () => {
    const longest = {
      bucket: 'b'.repeat(63),
      sequencer: 'F'.repeat(32).padEnd(40, '0'),
      key: 'k'.repeat(3 * 1024),
      eTag: 'e'.repeat(64),
      size: 0,
    };
    const records = Array.from({ length: 10 }, () => s3Record(longest));

    expect(parseOriginalEvents(s3Notification(...records))).toHaveLength(10);
  });

  it('refuses a created object without eTag or size, which no worker could fetch', () => {
    for (const missing of ['eTag', 'size']) {
      const failure = failureOf(s3Notification(s3Record({ [missing]: undefined })));

      expect(failure).toMatchObject({
        ...{ code: 'malformed-message', message: 'ObjectCreated:Put without eTag or size' },
      });
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
