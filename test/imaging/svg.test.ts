import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { bufferSource } from '../../shared/imaging/inspect/byte-source.ts';
import { defaultLimits } from '../../shared/imaging/inspect/limits.ts';
import { render } from '../../shared/imaging/render/render.ts';
import { safeSvg } from '../../shared/imaging/render/svg/safe-svg.ts';
import { colorAt, decoded, whole } from './samples.ts';

const svg = (content: string, attributes = 'width="40" height="20"') =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${content}</svg>`,
  );

const size = { width: 40, height: 20 };
const safe = async (content: string) =>
  (
    await safeSvg(svg(content), { stored: size, drawn: size }, defaultLimits, () => {
      throw new Error('a picture where there is none');
    })
  ).toString();

const drawn = (file: Buffer, side = 400) => render(bufferSource(file), whole(side), defaultLimits);

describe('SVG', () => {
  it.each([
    ['scripts', '<script>alert(1)</script>'],
    ['event handlers', '<rect onclick="alert(1)" width="1" height="1"/>'],
    ['foreign objects', '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">alert</p></foreignObject>'],
    ['links', '<a href="javascript:alert(1)"><rect width="1" height="1"/></a>'],
    ['pictures from files', '<image href="file:///alert.png" width="9" height="9"/>'],
    ['pictures from the network', '<image xlink:href="http://alert.invalid/x.png" width="9" height="9"/>'],
    ['foreign references', '<use href="http://alert.invalid/x.svg#a"/>'],
    ['style sheets that load', '<style>@import url("http://alert.invalid/x.css");</style>'],
    ['paint that loads', '<rect width="1" height="1" fill="url(http://alert.invalid/x.svg#a)"/>'],
    ['escaped paint that loads', '<rect width="1" height="1" style="fill:u\\72l(http://alert.invalid/)"/>'],
    ['animations', '<animate attributeName="alert"/>'],
  ])('loses its %s', async (_, content) => {
    const text = await safe(content);
    expect(text).not.toContain('alert');
    expect(text).not.toContain('onclick');
  });

  it('keeps what is drawn: shapes, gradients, symbols and references within', async () => {
    const content =
      '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs><rect id="r" width="9" height="9" fill="url(#g)"/><use xlink:href="#r"/>';
    expect(await safe(content)).toContain('url(#g)');
    expect(await safe(content)).toContain('xlink:href="#r"');
  });

  it('is refused when it declares entities', async () => {
    const bomb = Buffer.concat([Buffer.from('<!DOCTYPE svg [<!ENTITY a "aaaa">]>'), svg('<text>&a;</text>')]);
    await expect(drawn(bomb)).rejects.toMatchObject({ code: 'unsupported-format' });
  });

  it('is refused when it is not well-formed', async () => {
    await expect(drawn(svg('<g><rect></g>'))).rejects.toMatchObject({ code: 'corrupt-image' });
  });

  it.each([
    ['nested too deeply', '<g>'.repeat(300) + '</g>'.repeat(300)],
    [
      'expanding without end',
      `${Array.from(
        { length: 8 },
        (_, level) => `<g id="l${level + 1}">${`<use href="#l${level}"/>`.repeat(10)}</g>`,
      ).join('')}<rect id="l0" width="1" height="1"/><use href="#l8"/>`,
    ],
    [
      'filtered thousands of times',
      `<filter id="f">${'<feGaussianBlur stdDeviation="9"/>'.repeat(3000)}</filter>`,
    ],
  ])('is too expensive when it is %s', async (_, content) => {
    await expect(drawn(svg(content))).rejects.toMatchObject({ code: 'too-expensive' });
  });

  it('is refused when a picture hidden in it is too large', async () => {
    const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    png.writeUInt32BE(20_000, 16);
    png.writeUInt32BE(20_000, 20);
    const hidden = svg(`<image href="data:image/png;base64,${png.toString('base64')}"/>`);
    await expect(drawn(hidden)).rejects.toMatchObject({ code: 'too-many-pixels' });
  });

  it('is drawn at the scale of its rendition, sharp and never enlarged', async () => {
    const large = await drawn(
      svg('<rect width="4000" height="2000" fill="#ff0000"/>', 'width="4000" height="2000"'),
      100,
    );
    expect(large.renditions[0]).toMatchObject({ width: 100, height: 50 });
    const small = await drawn(svg('<rect width="40" height="20" fill="#ff0000"/>'));
    expect(small.renditions[0]).toMatchObject({ width: 40, height: 20 });
    expect(
      colorAt(await decoded(small.renditions[0]?.body ?? Buffer.alloc(0)), 0.5, 0.5).slice(0, 3),
    ).toEqual([255, 0, 0]);
  });

  it.each([
    ['its view box', 'viewBox="0 0 60 30"', [60, 30]],
    ['one side and its view box', 'width="120" viewBox="0 0 60 30"', [120, 60]],
    ['physical units', 'width="1in" height="0.5in"', [96, 48]],
    ['nothing at all', '', [300, 150]],
  ] as const)('takes its dimensions from %s', async (_, attributes, [width, height]) => {
    const { renditions } = await drawn(svg('<rect width="5" height="5"/>', attributes));
    expect(renditions[0]).toMatchObject({ width, height });
  });

  it('is read gzipped, but no further than text may be long', async () => {
    expect((await drawn(gzipSync(svg('<rect width="9" height="9"/>')))).renditions).toHaveLength(1);
    const bomb = gzipSync(svg(`<!--${' '.repeat(20_000_000)}-->`));
    await expect(drawn(bomb)).rejects.toMatchObject({ code: 'too-expensive' });
  });
});
