import { describe, expect, it } from 'vitest';
import { PermanentFailure } from '../../shared/domain/errors.ts';
import type { ImageMetadata } from '../../shared/domain/metadata.ts';
import { bufferSource } from '../../shared/imaging/inspect/byte-source.ts';
import { readMetadata } from '../../shared/imaging/metadata/read-metadata.ts';
import { type CorpusFile, corpusFiles, corpusNote, hasCorpus, readCorpus } from './corpus.ts';

/** Where the manifest's value is not what a consumer should get, and why. */
const deviations: Readonly<Record<string, string>> = {
  'formats/heic-single.heic bitDepth': 'the manifest leaves it open; the decoder configuration says 8',
  'orientation/invalid-0.jpg orientation': '0 is no orientation: treated as 1',
  'metadata/date-blank.jpg capturedAt': 'blanks are no date',
  'metadata/date-invalid.jpg capturedAt': 'a date that does not exist is left out',
  'metadata/gps-out-of-range.jpg latitude': 'no place on earth',
  'metadata/gps-out-of-range.jpg longitude': 'no place on earth',
  'metadata/xmp-only-gps.jpg offset': 'XMP states it within the date; the manifest has a field for EXIF only',
};

type Value = string | number | boolean | null;

function valuesOf(
  file: CorpusFile,
  metadata: ImageMetadata,
): Record<string, readonly [actual: Value, expected: Value]> {
  const { capturedAt, location, camera } = metadata;
  return {
    format: [metadata.format, file.format],
    storedWidth: [metadata.storedWidth, file.width],
    storedHeight: [metadata.storedHeight, file.height],
    width: [metadata.width, file.display_width],
    height: [metadata.height, file.display_height],
    orientation: [metadata.orientation, file.orientation ?? 1],
    hasAlpha: [metadata.hasAlpha, file.has_alpha ?? metadata.hasAlpha],
    frames: [metadata.frames, file.frames],
    bitDepth: [metadata.bitDepth ?? null, file.bit_depth],
    iccProfile: [metadata.iccProfile ?? null, file.icc_profile],
    make: [camera?.make ?? null, file.make],
    model: [camera?.model ?? null, file.model],
    latitude: [rounded(location?.latitude, 5), rounded(file.gps_lat, 5)],
    longitude: [rounded(location?.longitude, 5), rounded(file.gps_lon, 5)],
    altitude: [rounded(location?.altitude, 1), rounded(file.gps_alt, 1)],
    capturedAt: [capturedAt?.slice(0, 19) ?? null, isoOf(file.date_time_original)],
    offset: [/(?:Z|[+-]\d\d:\d\d)$/.exec(capturedAt ?? '')?.[0] ?? null, file.offset_time_original],
  };
}

describe.skipIf(!hasCorpus)(`metadata of the corpus${corpusNote}`, () => {
  it('equals the manifest but for the deviations listed, which are under 2 % of all values', async () => {
    const found: string[] = [];
    let values = 0;
    for (const file of corpusFiles()) {
      const metadata = await readMetadata(bufferSource(readCorpus(file.path))).catch(refusalAsNull);
      if (metadata === null) continue;
      for (const [name, [actual, expected]] of Object.entries(valuesOf(file, metadata))) {
        values += 1;
        if (actual !== expected) found.push(`${file.path} ${name}`);
      }
    }
    expect(found).toEqual(Object.keys(deviations));
    expect(found.length / values).toBeLessThan(0.02);
    expect(values).toBeGreaterThan(2000);
  });

  it('takes at most 5 % of the bytes of camera photos', async () => {
    let fetched = 0;
    let total = 0;
    for (const { path } of corpusFiles().filter((file) => file.path.startsWith('photos/'))) {
      const source = bufferSource(readCorpus(path));
      total += source.byteLength;
      const counting = async (offset: number, length: number) => {
        const bytes = await source.read(offset, length);
        fetched += bytes.byteLength;
        return bytes;
      };
      await readMetadata({ byteLength: source.byteLength, read: counting });
    }
    expect(fetched / total).toBeLessThan(0.05);
  });
});

function refusalAsNull(error: unknown): null {
  if (error instanceof PermanentFailure) return null;
  throw error;
}

function rounded(value: number | null | undefined, decimals: number): number | null {
  return value === null || value === undefined ? null : Number(value.toFixed(decimals));
}

/** `2020:07:28 19:18:49` as `2020-07-28T19:18:49`. */
function isoOf(dateTime: string | null): string | null {
  return dateTime?.slice(0, 19).replace(/^(.{4}):(.{2}):(.{2}) /, '$1-$2-$3T') ?? null;
}
