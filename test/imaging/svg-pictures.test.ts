import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { bufferSource } from '../../shared/imaging/inspect/byte-source.ts';
import { defaultLimits, type ImagingLimits } from '../../shared/imaging/inspect/limits.ts';
import { readMetadata } from '../../shared/imaging/metadata/read-metadata.ts';
import { render } from '../../shared/imaging/render/render.ts';
import { corpusNote, hasCorpus, readCorpus } from './corpus.ts';
import { exifWithOrientation } from './exif.ts';
import { svg } from './hostile/svg-kinds.ts';
import { colorAt, decoded, landscape, quarters, whole } from './samples.ts';

const embedded = (bytes: Buffer, type = 'image/png') => `data:${type};base64,${bytes.toString('base64')}`;
const image = (url: string, attributes = 'width="96" height="64"') =>
  `<image ${attributes} xlink:href="${url}"/>`;
const drawing = (content: string) => svg(content, 'width="96" height="64"');

const draw = async (file: Buffer, limits: Partial<ImagingLimits> = {}) => {
  const { renditions } = await render(bufferSource(file), whole(96), { ...defaultLimits, ...limits });
  return decoded(renditions[0]?.body ?? Buffer.alloc(0));
};

function plain(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
}

const corners = [
  [0.2, 0.2],
  [0.8, 0.2],
  [0.2, 0.8],
  [0.8, 0.8],
] as const;

describe('a picture that an SVG embeds', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const)(
    'is drawn when it is %s',
    async (format) => {
      const picture = await quarters().toFormat(format).toBuffer();
      const drawn = await draw(drawing(image(embedded(picture, 'image/anything'))));
      const expected = await decoded(await quarters().png().toBuffer());
      for (const [x, y] of corners) {
        const [actual, right] = [colorAt(drawn, x, y), colorAt(expected, x, y)];
        right.forEach((value, channel) => {
          expect(Math.abs((actual[channel] ?? 0) - value)).toBeLessThan(16);
        });
      }
    },
  );

  it('is drawn upright, and in sRGB', async () => {
    const jpeg = await quarters(64, 96).jpeg({ quality: 95 }).toBuffer();
    const drawn = await draw(drawing(image(embedded(exifWithOrientation(jpeg, 8)))));
    const expected = await decoded(await quarters(64, 96).rotate(270).png().toBuffer());
    for (const [x, y] of corners) {
      colorAt(expected, x, y).forEach((value, channel) => {
        expect(Math.abs((colorAt(drawn, x, y)[channel] ?? 0) - value)).toBeLessThan(16);
      });
    }
  });

  it('is drawn as large as it is where the SVG does not say, and where its URL is percent-encoded', async () => {
    const picture = await plain(48, 64);
    const drawn = await draw(drawing(image(embedded(picture), '')));
    expect(colorAt(drawn, 0.25, 0.5).slice(0, 3)).toEqual([255, 0, 0]);
    expect(colorAt(drawn, 0.75, 0.5)[3]).toBe(0);
    const encoded = `data:image/png,${[...picture].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`;
    expect(colorAt(await draw(drawing(image(encoded))), 0.5, 0.5).slice(0, 3)).toEqual([255, 0, 0]);
  });

  it.skipIf(!hasCorpus)(
    `is drawn in the SVG of a test suite, where none went missing before${corpusNote}`,
    async () => {
      const { renditions } = await render(
        bufferSource(readCorpus('formats/svg-embedded-images.svg')),
        whole(480),
        defaultLimits,
      );
      const drawn = await decoded(renditions[0]?.body ?? Buffer.alloc(0));
      for (const [x, y] of [
        [0.75, 0.1],
        [0.75, 0.5],
      ] as const) {
        const [red = 255] = colorAt(drawn, x, y);
        expect(red).toBeLessThan(200);
        expect(colorAt(drawn, x, y)[3]).toBe(255);
      }
    },
  );

  it.each([
    ['is another SVG', () => svg('').toString('base64'), 'unsupported-format', 'an SVG within an SVG'],
    ['is text', () => Buffer.from('hello').toString('base64'), 'unsupported-format', 'unknown type'],
    ['is empty', () => '', 'unsupported-format', 'the file is empty'],
    [
      'is damaged',
      async () => (await landscape(300, 200).png().toBuffer()).subarray(0, 3000).toString('base64'),
      'corrupt-image',
      'cannot be decoded',
    ],
  ])('has the SVG refused by name when it %s', async (_, content, code, message) => {
    const file = drawing(image(`data:image/png;base64,${await content()}`));
    await expect(draw(file)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(`a picture embedded in an SVG: .*${message}`),
    });
  });

  it('may have as many pixels as all may have together, and no more', async () => {
    const limits = { maxSvgEmbeddedPixels: 1000 };
    const two = drawing(image(embedded(await plain(20, 25))) + image(embedded(await plain(25, 20))));
    await expect(draw(two, limits)).resolves.toBeDefined();
    const more = drawing(image(embedded(await plain(20, 25))) + image(embedded(await plain(501, 1))));
    await expect(draw(more, limits)).rejects.toMatchObject({ code: 'too-many-pixels' });
  });

  it('is decoded once however often it is drawn, but not drawn without end', async () => {
    const picture = embedded(await plain(100, 100));
    const times = (count: number) =>
      drawing(`<g id="a">${image(picture)}</g>${'<use href="#a"/>'.repeat(count - 1)}`);
    const limits = { maxPixels: 50_000, maxSvgEmbeddedPixels: 10_000 };
    await expect(draw(times(5), limits)).resolves.toBeDefined();
    await expect(draw(times(6), limits)).rejects.toMatchObject({ code: 'too-expensive' });
  });

  it('is one of a hundred at most', async () => {
    const pictures = await Promise.all(
      Array.from({ length: 101 }, async (_, index) => image(embedded(await plain(index + 1, 1)))),
    );
    await expect(draw(drawing(pictures.slice(1).join('')))).resolves.toBeDefined();
    await expect(draw(drawing(pictures.join('')))).rejects.toMatchObject({ code: 'too-expensive' });
  });
});

describe('what of an SVG is not drawn', () => {
  it.each([
    ['<image href="http://example.invalid/a.png"/>', 'pictures that are not in the file'],
    ['<use href="other.svg#a"/>', 'drawings that are not in the file'],
    ['<foreignObject><p>text</p></foreignObject>', 'HTML'],
    ['<rect><animate attributeName="x"/></rect>', 'animations'],
    [
      '<style>@font-face{font-family:a;src:url(data:font/woff2;base64,AA)} rect{fill:red}</style>',
      'fonts of its own',
    ],
    ['<style>rect{fill:url(http://example.invalid/a.svg#b)}</style>', 'styles that load something'],
    ['<rect style="fill:url(http://example.invalid/a.svg#b)"/>', 'styles that load something'],
    ['<rect fill="url(a.svg#b)"/>', 'styles that load something'],
    ['<text>漢字</text>', 'text in writing systems that the font does not have'],
  ])('is said in the record: %s', async (content, what) => {
    expect(await readMetadata(bufferSource(svg(content)))).toMatchObject({ notes: [`not drawn: ${what}`] });
  });

  it('is said once, and nothing is said of what is drawn', async () => {
    const twice = '<image href="a.png"/><image href="b.png"/>';
    expect((await readMetadata(bufferSource(svg(twice)))).notes).toHaveLength(1);
    const all = `${image(embedded(await plain(1, 1)))}<title>漢字</title><text>Ünïcödé, Ελληνικά, кириллица</text><style>rect{fill:red}</style>`;
    expect(await readMetadata(bufferSource(svg(all)))).not.toHaveProperty('notes');
  });

  it('does not take the rest of its style sheet along', async () => {
    const css = "@import 'a.css'; @font-face{src:url(a.woff)} rect{fill:#00ff00}";
    const drawn = await draw(drawing(`<style>${css}</style><rect width="96" height="64"/>`));
    expect(colorAt(drawn, 0.5, 0.5).slice(0, 3)).toEqual([0, 255, 0]);
  });
});
