// What the page says of its uploads, which of many it shows, and which upload a file belongs to that is chosen again.

import { describe, expect, test } from 'vitest';
import type { BegunUpload } from '../../client/src/client.ts';
import { createMatches } from '../../web/src/upload/matches.ts';
import { hasPictureName, mayBePicture } from '../../web/src/upload/pictures.ts';
import { foremost, stateOf, totalOf, type Upload } from '../../web/src/upload/upload.ts';

const file = (name: string, bytes = 10, lastModified = 1) =>
  new File([new Uint8Array(bytes)], name, { type: 'image/jpeg', lastModified });

function upload(changes: Partial<Upload> = {}): Upload {
  const named = changes.file ?? file('a.jpg');
  return {
    ...{ id: 'id', name: named.name, bytes: named.size, lastModified: named.lastModified, file: named },
    ...{ phase: 'waiting', fraction: 0, sentBytes: 0, wait: undefined, isPaused: false },
    ...{
      begun: undefined,
      checksum: undefined,
      image: undefined,
      failure: undefined,
      stop: new AbortController(),
    },
    ...changes,
  };
}

const failure = { message: 'No.', advice: undefined, code: 'too-large', isWorthAnotherTry: false };
const begun = (imageId: string, checksumSha256?: string) =>
  ({ imageId, request: { checksumSha256 } }) as unknown as BegunUpload;

describe('the state of an upload', () => {
  test.each([
    ['failed', { failure, phase: 'sending' }],
    ['ready', { phase: 'ready', file: undefined, isPaused: true }],
    ['developing', { phase: 'developing', file: undefined }],
    ['file-needed', { file: undefined, isPaused: true }],
    ['paused', { isPaused: true, phase: 'sending' }],
    ['sending', { phase: 'sending' }],
  ] as const)('is %s', (state, changes) => {
    expect(stateOf(upload(changes))).toBe(state);
  });
});

describe('the total', () => {
  test('counts what is ready and what failed, and is whole when nothing else is left', () => {
    const uploads = [upload({ phase: 'ready', fraction: 1 }), upload({ failure, fraction: 0.2 })];

    expect(totalOf(uploads)).toEqual({ count: 2, ready: 1, failed: 1, fraction: 1 });
  });

  test('weighs by bytes', () => {
    const [large, small] = [file('large.jpg', 5_000_000), file('small.jpg', 1)];
    const uploads = [upload({ file: large, fraction: 1 }), upload({ file: small, fraction: 0 })];

    expect(totalOf(uploads).fraction).toBeGreaterThan(0.9);
  });

  test('of nothing is nothing', () => {
    expect(totalOf([]).fraction).toBe(0);
  });
});

test('shows of many uploads those that need somebody, then those under way, in the order of the list', () => {
  const uploads = [
    upload({ id: 'ready', phase: 'ready' }),
    upload({ id: 'waiting' }),
    upload({ id: 'sending', phase: 'sending' }),
    upload({ id: 'failed', failure }),
    upload({ id: 'lost', file: undefined }),
  ];

  expect(foremost(uploads, 3).map(({ id }) => id)).toEqual(['sending', 'failed', 'lost']);
  expect(foremost(uploads, 5)).toBe(uploads);
});

describe('a file that is chosen again', () => {
  test('belongs to the upload of the same name, length and time', () => {
    const uploads = [upload({ id: 'other', file: file('a.jpg', 10, 2) }), upload({ id: 'same' })];

    expect(
      createMatches()
        .among(uploads)(file('a.jpg'))
        .map(({ id }) => id),
    ).toEqual(['same']);
    expect(createMatches().among(uploads)(file('a.jpg', 11))).toEqual([]);
  });

  test('belongs to one that waits for it even if its time is another', () => {
    const waiting = upload({ file: undefined, name: 'a.jpg', bytes: 10, lastModified: 1 });

    expect(createMatches().among([waiting])(file('a.jpg', 10, 99))).toEqual([waiting]);
    expect(createMatches().among([upload()])(file('a.jpg', 10, 99))).toEqual([]);
  });

  test('belongs to all that wait for it: two pages may have ended before either knew its content', () => {
    const waiting = [1, 2].map((lastModified) =>
      upload({ file: undefined, name: 'a.jpg', bytes: 10, lastModified }),
    );

    expect(createMatches().among(waiting)(file('a.jpg', 10, 99))).toEqual(waiting);
  });

  test('has a twin in the upload of the same content, under whichever name', () => {
    const own = upload({ name: 'b.jpg', checksum: 'sum' });
    const twin = upload({ id: 'twin', checksum: 'sum' });

    expect(createMatches().twinOf('sum', [own, twin], own)).toBe(twin);
    expect(createMatches().twinOf('other', [own, twin], own)).toBeUndefined();
    expect(createMatches().twinOf(undefined, [own, upload()], own)).toBeUndefined();
  });

  test('is known by name and by content when it was ready not long ago', () => {
    const matches = createMatches();
    const ready = begun('image', 'sum');
    matches.remember(upload({ begun: ready }));

    expect(matches.readyBefore(file('a.jpg'))).toBe(ready);
    const request = { contentType: 'image/jpeg', contentLength: 10, checksumSha256: 'sum' };
    expect(matches.begunFor(request, upload({ name: 'c.jpg' }))).toBe(ready);
  });

  test('whose content is another begins anew', () => {
    const own = upload({ begun: begun('image', 'old') });

    const request = { contentType: 'image/jpeg', contentLength: 10, checksumSha256: 'new' };
    expect(createMatches().begunFor(request, own)).toBeUndefined();
  });
});

test('takes for a picture what is called one, or what the browser knows as one, and nothing hidden', () => {
  expect(['a.JPG', 'b.heic', 'c.tiff'].every(hasPictureName)).toBe(true);
  expect(['.hidden.jpg', 'notes.txt', 'jpg'].some(hasPictureName)).toBe(false);
  expect(mayBePicture(new File([], 'pasted', { type: 'image/png' }))).toBe(true);
  expect(mayBePicture(new File([], 'IMG_1.HEIC'))).toBe(true);
  expect(mayBePicture(new File([], 'notes.txt', { type: 'text/plain' }))).toBe(false);
});
