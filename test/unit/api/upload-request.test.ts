// What may be uploaded: every limit on both sides of it, and every fault told at once.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../shared/api/problem.ts';
import { parseUploadRequest } from '../../../shared/api/uploads/upload-request.ts';

const maxBytes = 1000;
const checksum = `${'A'.repeat(42)}E=`;
const valid = { contentType: 'image/jpeg', contentLength: 1000 };

function problemOf(body: unknown): Problem {
  try {
    parseUploadRequest(body, maxBytes);
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error('the request was accepted');
}

describe('an upload request', () => {
  it('is taken with what it must say alone', () => {
    // Strictly: nothing that was not said may be there, not even as undefined.
    expect(parseUploadRequest(valid, maxBytes)).toStrictEqual(valid);
  });

  it('is taken with everything that it may say', () => {
    const request = { ...valid, checksumSha256: checksum, fileName: 'IMG_1.jpg' };

    expect(parseUploadRequest({ ...request, method: 'PUT' }, maxBytes)).toEqual(request);
  });

  it('has its content type by its one name, whatever alias was used', () => {
    expect(parseUploadRequest({ ...valid, contentType: 'IMAGE/JPG' }, maxBytes)).toMatchObject({
      contentType: 'image/jpeg',
    });
  });

  it.each([1, 999, 1000])('may be of %i bytes', (contentLength) => {
    expect(parseUploadRequest({ ...valid, contentLength }, maxBytes)).toMatchObject({ contentLength });
  });

  it.each([0, -1, 1.5, Number.MAX_SAFE_INTEGER + 1, Number.NaN, '1000', null])(
    'is refused for a length of %s',
    (contentLength) => {
      const problem = problemOf({ ...valid, contentLength });

      expect(problem.code).toBe('invalid-request');
      expect(problem.errors.map(({ field }) => field)).toContain('/contentLength');
    },
  );

  it('is refused for one byte more than allowed, with both numbers', () => {
    const problem = problemOf({ ...valid, contentLength: 1001 });

    expect(problem.code).toBe('too-large');
    expect(problem.message).toMatch(/1001 bytes.*1000/);
  });

  it('is refused for a type that is not accepted, and told which are', () => {
    const problem = problemOf({ ...valid, contentType: 'image/bmp' });

    expect(problem.code).toBe('unsupported-format');
    expect(problem.message).toMatch(/image\/jpeg, image\/png, .*image\/svg\+xml$/);
  });

  it('may be for a form, with the checksum that a form needs', () => {
    const form = { ...valid, method: 'POST', checksumSha256: checksum };

    expect(parseUploadRequest(form, maxBytes)).toStrictEqual(form);
  });

  it('is refused for a form without a checksum, which could be used for other files later', () => {
    const { code, errors } = problemOf({ ...valid, method: 'POST' });

    expect(code).toBe('invalid-request');
    expect(errors).toEqual([
      {
        field: '/checksumSha256',
        message: 'is missing: a form needs the base64 of a SHA-256 digest: 44 characters, the last of them =',
      },
    ]);
  });

  it('may carry the base64 of any SHA-256 digest', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (digest) => {
        const checksumSha256 = Buffer.from(digest).toString('base64');
        expect(parseUploadRequest({ ...valid, checksumSha256 }, maxBytes)).toMatchObject({ checksumSha256 });
      }),
    );
  });

  it.each([
    ['hexadecimal', 'ab'.repeat(32)],
    ['shorter', `${'A'.repeat(41)}E=`],
    ['longer', `A${checksum}`],
    ['followed by something', `${checksum}\n`],
    ['of 33 bytes', 'A'.repeat(44)],
    ['the base64 of no digest, its last digit having stray bits', `${'A'.repeat(42)}B=`],
    ['no text', 1],
  ])('is refused for a checksum that is %s', (_what, checksumSha256) => {
    const problem = problemOf({ ...valid, checksumSha256 });

    expect(problem.errors.map(({ field }) => field)).toEqual(['/checksumSha256']);
  });

  it('is told what a checksum must be', () => {
    expect(problemOf({ ...valid, checksumSha256: 'no' }).message).toBe(
      '/checksumSha256: must be the base64 of a SHA-256 digest: 44 characters, the last of them =',
    );
  });

  it.each(['a', 'x'.repeat(255), 'été 写真 📷.heic', '../../etc/passwd', ' '])(
    'may name its file "%s"',
    (fileName) => {
      expect(parseUploadRequest({ ...valid, fileName }, maxBytes)).toMatchObject({ fileName });
    },
  );

  it.each([
    ['empty', ''],
    ['of 256 characters', 'x'.repeat(256)],
    ['with a line break in it', 'a\nb'],
    ['that begins with a control character', '\u0000a'],
    ['that ends with a control character', 'a\u007f'],
    ['with half a surrogate pair', 'a\ud800b'],
    ['with a private character', 'a\ue000'],
  ])('is refused for a file name %s', (_what, fileName) => {
    expect(problemOf({ ...valid, fileName }).errors.map(({ field }) => field)).toEqual(['/fileName']);
  });

  it('is told what a file name must not contain', () => {
    expect(problemOf({ ...valid, fileName: '\n' }).message).toBe(
      '/fileName: must be 1 to 255 characters, none of them a control character',
    );
  });

  it.each([
    ['a method that is not offered', { ...valid, method: 'DELETE' }, '/method'],
    ['a field that nobody knows', { ...valid, owner: 'me' }, '/owner'],
    ['a field of an odd name', { ...valid, 'a/b~c': 'me' }, '/a~1b~0c'],
    ['no object', 'image/jpeg', ''],
    ['an array', [], ''],
    ['nothing', undefined, ''],
    ['null', null, ''],
  ])('is refused with %s', (_what, body, field) => {
    const problem = problemOf(body);

    expect(problem.code).toBe('invalid-request');
    expect(problem.errors.map((error) => error.field)).toEqual([field]);
  });

  it.each([
    ['that is no object', 'image/jpeg', 'The body must be a JSON object.'],
    [
      'without a type',
      { contentLength: 1 },
      /^\/contentType: is missing: must be one of image\/jpeg, image\/png, .*image\/svg\+xml$/,
    ],
    ['with a method that is not offered', { ...valid, method: 'DELETE' }, '/method: must be PUT or POST'],
    ['whose file name is 0', { ...valid, fileName: 0 }, /^\/fileName: must be 1 to 255 characters/],
  ])('%s is told what it must be', (_what, body, message) => {
    expect(problemOf(body).message).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
  });

  it('is refused with every field at fault at once', () => {
    const problem = problemOf({ contentType: 1, contentLength: 0, fileName: '' });

    expect(problem.errors.map(({ field }) => field)).toEqual(['/contentType', '/contentLength', '/fileName']);
    expect(problem.message).toBe(
      problem.errors.map(({ field, message }) => `${field}: ${message}`).join('; '),
    );
  });

  it('is told of a field once, however much is wrong with it', () => {
    expect(problemOf({ ...valid, fileName: '\n'.repeat(256) }).errors).toHaveLength(1);
  });

  it('is told of a length with its limit, as people read it', () => {
    const messageFor = (contentLength: unknown, limit = 100 * 1024 ** 2) => {
      try {
        parseUploadRequest({ ...valid, contentLength }, limit);
      } catch (error) {
        if (error instanceof Problem) return error.errors[0]?.message;
      }
      return undefined;
    };

    expect(messageFor(0)).toBe('0 bytes: an empty file is not an image');
    expect(messageFor(-1)).toBe('must be a whole number from 1 to 104857600 bytes (100 MiB)');
    expect(messageFor(undefined)).toBe(
      'is missing: must be a whole number from 1 to 104857600 bytes (100 MiB)',
    );
    expect(messageFor(1.5 * 1024 ** 3)).toBe(
      '1610612736 bytes (1.5 GiB): must be at most 104857600 bytes (100 MiB)',
    );
    expect(messageFor(1001, 1000)).toBe('1001 bytes: must be at most 1000 bytes');
    expect(messageFor(1025, 1024)).toBe('1025 bytes (1 KiB): must be at most 1024 bytes (1 KiB)');
  });

  it.each([
    ['a type and a length', { contentType: 'image/bmp', contentLength: 1001 }],
    ['a type and an empty file', { contentType: 'image/bmp', contentLength: 0 }],
  ])('is told of %s together, as one request that is not valid', (_what, body) => {
    const problem = problemOf(body);

    expect(problem.code).toBe('invalid-request');
    expect(problem.errors.map(({ field }) => field).toSorted()).toEqual(['/contentLength', '/contentType']);
  });

  it('is told of what every object has, where it is a field', () => {
    const problem = problemOf({ ...valid, ...JSON.parse('{"a":1}'), ['__proto__']: 1 });

    expect(problem.errors).toContainEqual({ field: '/__proto__', message: 'unknown field `__proto__`' });
  });
});
