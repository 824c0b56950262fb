// All pictures of one run on one page: as HTML to look into, and as one PNG to look over.

import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';
import type { Examination } from './examine.ts';

const columns = 6;
const cell = { width: 240, height: 200, picture: 170 };
/** Transparent pixels show through to this gray, so that halos and lost alpha are seen. */
const paper = '#9aa0a6';

/** @returns the HTML file's path */
export async function writeContactSheet(examinations: readonly Examination[], out: string): Promise<string> {
  const html = join(out, 'contact-sheet.html');
  await writeFile(html, page(examinations));
  await writeFile(join(out, 'contact-sheet.png'), await sheet(examinations));
  return html;
}

function page(examinations: readonly Examination[]): string {
  const figures = examinations.map(({ facts }) => {
    const pictures = facts.renditions.map(
      ({ file, variant, format, width, height }) =>
        `<figure><img src="${escaped(encodeURIComponent(file ?? ''))}" width="${width}" height="${height}" loading="lazy" alt=""><figcaption>${variant}.${format} ${width} × ${height}</figcaption></figure>`,
    );
    const color = facts.placeholder?.dominantColor ?? 'transparent';
    const failure =
      facts.failure === undefined
        ? ''
        : `<p>${escaped(`${facts.failure.code}: ${facts.failure.message}`)}</p>`;
    return `<section><h2><span style="background:${color}"></span>${escaped(basename(facts.path))}</h2>${failure}<div>${pictures.join('')}</div></section>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Contact sheet</title><style>
body{font:14px system-ui;background:${paper};margin:2rem}div{display:flex;flex-wrap:wrap;gap:1rem;align-items:end}
figure{margin:0}img{display:block;max-width:400px;height:auto}h2 span{display:inline-block;width:1em;height:1em;margin-right:.5em}
</style>${figures.join('\n')}\n`;
}

async function sheet(examinations: readonly Examination[]): Promise<Buffer> {
  const overlays: OverlayOptions[] = [];
  for (const [index, examination] of examinations.entries()) {
    const left = (index % columns) * cell.width;
    const top = Math.floor(index / columns) * cell.height;
    const picture = await pictureOf(examination);
    if (picture !== undefined) overlays.push({ input: picture, left: left + 8, top: top + 4 });
    overlays.push({ input: caption(examination), left, top: top + cell.picture + 4 });
  }
  const rows = Math.max(1, Math.ceil(examinations.length / columns));
  const dimensions = { width: columns * cell.width, height: rows * cell.height };
  return sharp({ create: { ...dimensions, channels: 3, background: paper } })
    .composite(overlays)
    .png({ palette: true })
    .toBuffer();
}

async function pictureOf({ image }: Examination): Promise<Buffer | undefined> {
  const medium = image?.renditions.find(({ variant }) => variant === 'medium') ?? image?.renditions[0];
  if (medium === undefined) return undefined;
  return sharp(medium.body)
    .resize(cell.width - 16, cell.picture - 8, { fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer();
}

function caption({ facts }: Examination): Buffer {
  const { width, height } = facts.metadata ?? { width: 0, height: 0 };
  const what = facts.failure?.code ?? `${width} × ${height}`;
  const lines = [basename(facts.path).slice(0, 38), what];
  const texts = lines.map((line, index) => `<text x="8" y="${11 + 12 * index}">${escaped(line)}</text>`);
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${cell.width}" height="26" font-family="sans-serif" font-size="10">${texts.join('')}</svg>`,
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
