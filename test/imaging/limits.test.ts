import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { bufferSource } from '../../shared/imaging/inspect/byte-source.ts';
import { defaultLimits, type ImagingLimits } from '../../shared/imaging/inspect/limits.ts';
import { readMetadata } from '../../shared/imaging/metadata/read-metadata.ts';
import { render } from '../../shared/imaging/render/render.ts';
import { landscape, quarters, whole } from './samples.ts';

const refusal = (original: Uint8Array, limits: Partial<ImagingLimits> = {}) =>
  expect(render(bufferSource(original), whole(32), { ...defaultLimits, ...limits })).rejects;

/** A PNG that claims dimensions its data does not have: only its header can be what refuses it. */
async function claiming(width: number, height: number, interlaced = false): Promise<Buffer> {
  const png = await sharp({ create: { width: 8, height: 8, channels: 4, background: 'red' } })
    .png({ progressive: interlaced })
    .toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return png;
}

describe('refusal before any pixel is decoded', () => {
  it.each([
    ['a PDF', '%PDF-1.7\n', 'application/pdf'],
    ['a BMP', `BM${'\0'.repeat(60)}`, 'image/bmp'],
    ['an icon', '\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0\x68\x04\0\0\x16\0\0\0', 'image/x-icon'],
    ['a JPEG XL', '\xff\x0a\xfa\x1f\x01\x90\x8e\x01\0', 'image/jxl'],
    ['a film', '\0\0\0\x18ftypisom\0\0\x02\0isomiso2', 'video/mp4'],
  ])('names %s', async (_, bytes, mime) => {
    await refusal(Buffer.from(bytes, 'latin1')).toMatchObject({
      code: 'unsupported-format',
      message: `a file of type ${mime} is not accepted`,
    });
  });

  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['HTML with an SVG in it', '<html><body><svg xmlns="http://www.w3.org/2000/svg"/></body></html>'],
  ])('refuses %s', async (_, text) => {
    await refusal(Buffer.from(text)).toMatchObject({ code: 'unsupported-format' });
    await expect(readMetadata(bufferSource(Buffer.from(text)))).rejects.toMatchObject({
      code: 'unsupported-format',
    });
  });

  it('refuses more pixels than are accepted', async () => {
    await refusal(await claiming(10_001, 10_000)).toMatchObject({ code: 'too-many-pixels' });
    await refusal(await claiming(10_000, 10_000)).toMatchObject({ code: 'corrupt-image' });
  });

  it('refuses what would need too much memory, sooner where a format needs more', async () => {
    await refusal(await claiming(9_000, 9_000, true), { maxDecodeBytes: 300e6 }).toMatchObject({
      code: 'too-many-pixels',
    });
    const avif = await quarters().avif({ effort: 0 }).toBuffer();
    const ispe = avif.indexOf('ispe');
    avif.writeUInt32BE(8_000, ispe + 8);
    avif.writeUInt32BE(5_000, ispe + 12);
    await refusal(avif).toMatchObject({ code: 'too-many-pixels' });
  });

  it('refuses a progressive JPEG of more scans than its pixels can bear', async () => {
    const progressive = await landscape(1000, 1000).jpeg({ progressive: true }).toBuffer();
    await refusal(progressive, { maxScanMegapixels: 5 }).toMatchObject({ code: 'too-expensive' });
  });

  it.each([
    ['12 bits a sample', (jpeg: Buffer, frame: number) => jpeg.writeUInt8(12, frame + 4)],
    ['a lossless frame', (jpeg: Buffer, frame: number) => jpeg.writeUInt8(0xc3, frame + 1)],
    ['two components', (jpeg: Buffer, frame: number) => jpeg.writeUInt8(2, frame + 9)],
  ])('refuses a JPEG of %s by name', async (_, change) => {
    const jpeg = await quarters().jpeg().toBuffer();
    change(jpeg, jpeg.indexOf(Buffer.from([0xff, 0xc0])));
    await refusal(jpeg).toMatchObject({ code: 'unsupported-format' });
  });

  it.each(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const)('refuses half a %s', async (format) => {
    const file = await landscape(300, 200).toFormat(format).toBuffer();
    await refusal(file.subarray(0, file.length / 2)).toMatchObject({ code: 'corrupt-image' });
  });

  it('develops a JPEG with stray bytes between its scan and its end, as cameras leave them', async () => {
    const jpeg = await landscape(300, 200).jpeg().toBuffer();
    const stray = Buffer.concat([jpeg.subarray(0, -2), Buffer.from([0, 1, 2, 3]), jpeg.subarray(-2)]);
    const developed = await render(bufferSource(stray), whole(32), defaultLimits);
    expect(developed.renditions).toHaveLength(1);
  });
});
