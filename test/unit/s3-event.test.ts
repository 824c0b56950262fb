// S3 notifications in: what AWS really sends is understood, and whatever else comes is refused by name.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PermanentFailure } from '../../shared/domain/errors.ts';
import { parseOriginalEvents } from '../../shared/domain/events/s3-event.ts';
import { imageIdOf } from '../../shared/domain/object-keys.ts';

const sequencer = '0055AED6DCD90281E5';

function s3Record(changes: { eventName?: string; key?: string; sequencer?: string } = {}): object {
  return {
    eventSource: 'aws:s3',
    eventName: changes.eventName ?? 'ObjectCreated:Put',
    s3: {
      bucket: { name: 'photos' },
      object: {
        key: changes.key ?? 'originals/1.jpg',
        size: 1234,
        eTag: 'd41d8cd98f00b204e9800998ecf8427e',
        sequencer: changes.sequencer ?? sequencer,
      },
    },
  };
}

const notification = (...records: object[]) => JSON.stringify({ Records: records });
const inSnsEnvelope = (Message: string) => JSON.stringify({ Type: 'Notification', MessageId: '1', Message });

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
    expect(parseOriginalEvents(notification(s3Record()))).toEqual([
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
    const [event] = parseOriginalEvents(notification(s3Record({ eventName: `ObjectCreated:${how}` })));

    expect(event?.kind).toBe('created');
  });

  it.each([
    'ObjectRemoved:Delete',
    'ObjectRemoved:DeleteMarkerCreated',
    'LifecycleExpiration:Delete',
    'LifecycleExpiration:DeleteMarkerCreated',
  ])('takes %s for removed', (eventName) => {
    const [event] = parseOriginalEvents(notification(s3Record({ eventName })));

    expect(event?.kind).toBe('removed');
  });

  it('gives every record of a message, in its order', () => {
    const body = notification(s3Record({ key: 'a' }), s3Record({ key: 'b' }));

    expect(parseOriginalEvents(body).map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('reads the same from an SNS envelope as from a raw message', () => {
    const raw = notification(s3Record());

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
        const [event] = parseOriginalEvents(notification(s3Record({ key: formEncoded(key) })));
        expect(event?.key).toBe(key);
      }),
    );
  });

  it.each([
    ['text that is not JSON', 'hello'],
    ['JSON that is no object', '42'],
    ['an empty list of records', notification()],
    ['a record of another service', notification({ ...s3Record(), eventSource: 'aws:dynamodb' })],
    ['an event that nothing here handles', notification(s3Record({ eventName: 'ObjectRestore:Post' }))],
    ['a sequencer that is not hexadecimal', notification(s3Record({ sequencer: 'later' }))],
    ['a key that is not form-encoded', notification(s3Record({ key: '100%' }))],
    ['an empty key', notification(s3Record({ key: '' }))],
    ['an SNS envelope around no JSON', inSnsEnvelope('hello')],
  ])('refuses %s as malformed', (_what, body) => {
    const failure = failureOf(body);

    expect(failure).toBeInstanceOf(PermanentFailure);
    expect((failure as PermanentFailure).code).toBe('malformed-message');
  });

  it('refuses a created object without eTag or size, which no worker could fetch', () => {
    const record = s3Record() as { s3: { object: { eTag?: string } } };
    delete record.s3.object.eTag;

    expect(failureOf(notification(record))).toMatchObject({ code: 'malformed-message' });
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
