import { describe, expect, it } from 'vitest';
import { isRisky } from '../../../shared/imaging/isolation/signatures.ts';

describe('a process reads another original after', () => {
  it.each([
    ['a JPEG', '\xff\xd8\xff\xe1'],
    ['a PNG', '\x89PNG\r\n\x1a\n'],
    ['a WebP', 'RIFF\0\0\0\0WEBPVP8 '],
    ['a GIF', 'GIF89a'],
    ['a TIFF', 'II*\0'],
    ['a TIFF of the other byte order', 'MM\0*'],
    ['a BigTIFF', 'II+\0'],
  ])('%s', (_, bytes) => {
    expect(isRisky(Buffer.from(bytes, 'latin1'))).toBe(false);
  });
});

describe('a process reads nothing after', () => {
  it.each([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a HEIC', '\0\0\0\x18ftypheic'],
    ['an AVIF', '\0\0\0\x18ftypavif'],
    ['a RIFF that is no WebP', 'RIFF\0\0\0\0WAVEfmt '],
    ['what begins like a PNG', '\x89PNG\n'],
    ['what is compressed', '\x1f\x8b\x08'],
    ['nothing', ''],
  ])('%s', (_, bytes) => {
    expect(isRisky(Buffer.from(bytes, 'latin1'))).toBe(true);
  });
});
