// The format tables: what clients may claim, what files are called, and what the bytes of a rendition depend on.

import { describe, expect, it } from 'vitest';
import {
  acceptedContentType,
  acceptedContentTypes,
  contentTypeOfExtension,
  encodingOf,
  type OutputFormat,
  outputFormat,
  outputFormats,
  sourceFormats,
} from '../../../shared/domain/formats.ts';

describe('the content types that are accepted', () => {
  it('are those of the formats, each by its one name', () => {
    expect(acceptedContentTypes).toEqual(Object.values(sourceFormats).map(({ contentType }) => contentType));
    for (const contentType of acceptedContentTypes)
      expect(acceptedContentType(contentType)).toBe(contentType);
  });

  it.each([
    ['image/jpeg', 'image/jpeg'],
    ['IMAGE/JPEG', 'image/jpeg'],
    ['image/jpg', 'image/jpeg'],
    ['Image/Pjpeg', 'image/jpeg'],
    ['image/x-png', 'image/png'],
    ['image/apng', 'image/png'],
    ['image/heif', 'image/heic'],
    ['image/tif', 'image/tiff'],
    ['image/svg', 'image/svg+xml'],
    ['image/webp', 'image/webp'],
    ['image/gif', 'image/gif'],
    ['image/avif', 'image/avif'],
    ['image/svg+xml', 'image/svg+xml'],
  ])('may be claimed as %s, which is %s', (claim, contentType) => {
    expect(acceptedContentType(claim)).toBe(contentType);
  });

  it.each(['image/bmp', 'application/pdf', 'image/jpeg; charset=binary', 'jpeg', ''])(
    'are not claimed by "%s"',
    (claim) => {
      expect(acceptedContentType(claim)).toBeUndefined();
    },
  );
});

describe('the extension of a file name', () => {
  it.each([
    ['jpg', 'image/jpeg'],
    ['jpeg', 'image/jpeg'],
    ['JPG', 'image/jpeg'],
    ['png', 'image/png'],
    ['webp', 'image/webp'],
    ['gif', 'image/gif'],
    ['avif', 'image/avif'],
    ['heic', 'image/heic'],
    ['HEIF', 'image/heic'],
    ['tif', 'image/tiff'],
    ['tiff', 'image/tiff'],
    ['svg', 'image/svg+xml'],
  ])('%s stands for %s', (extension, contentType) => {
    expect(contentTypeOfExtension(extension)).toBe(contentType);
  });

  it.each(['txt', '.jpg', ''])('%s stands for nothing that is accepted', (extension) => {
    expect(contentTypeOfExtension(extension)).toBeUndefined();
  });
});

const outputNames = Object.keys(outputFormats) as OutputFormat[];

describe('an output format', () => {
  it.each<[OutputFormat, string, string, boolean]>([
    ['webp', 'image/webp', 'webp', true],
    ['jpeg', 'image/jpeg', 'jpg', false],
    ['avif', 'image/avif', 'avif', false],
    ['png', 'image/png', 'png', false],
  ])(
    '%s is served as %s, stored as .%s, and keeps an animation: %s',
    (format, contentType, extension, isAnimated) => {
      expect(outputFormat(format)).toMatchObject({ contentType, extension, isAnimated });
    },
  );

  it.each([
    ['jpeg', /^#[0-9a-f]{6}$/],
    ['png', /^undefined$/],
  ] as const)(
    '%s has a color to lay transparent pixels on, if it has no transparency',
    (format, background) => {
      expect(String(outputFormat(format).background)).toMatch(background);
    },
  );

  it.each(outputNames)(
    '%s is told apart by everything its bytes depend on, and by nothing else',
    (format) => {
      const { background = null, isAnimated, settings } = outputFormat(format);

      expect(JSON.parse(encodingOf(format))).toEqual([format, background, isAnimated, settings]);
      expect(Object.keys(settings).length).toBeGreaterThan(0);
    },
  );
});
