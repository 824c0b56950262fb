// All pictures of one run on one page: as HTML to look into, and as one PNG to look over.

import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';
import { html } from '../page/html.ts';
import { imageSection } from '../page/image-section.ts';
import { renderPage } from '../page/page.ts';
import { formatDimensions } from '../terminal/figures.ts';
import type { Examination } from './examine.ts';

const columns = 6;
const cell = { width: 240, height: 200, picture: 170 };
/** Transparent pixels show through to this gray, so that halos and lost alpha are seen. */
const paper = '#9aa0a6';
/** Pixel by pixel, rather than fitted into boxes of one height. */
const style = `
.renditions { display: flex; flex-wrap: wrap; align-items: end; }
.picture { height: auto; border-radius: 0; background: ${paper}; }
.picture img { max-width: 400px; max-height: none; }
.picture img.placeholder { width: auto; }
`;

/** @returns the HTML file's path */
export async function writeContactSheet(examinations: readonly Examination[], out: string): Promise<string> {
  const path = join(out, 'contact-sheet.html');
  await writeFile(path, page(examinations));
  await writeFile(join(out, 'contact-sheet.png'), await sheet(examinations));
  return path;
}

function page(examinations: readonly Examination[]): string {
  const sections = examinations.map(({ facts: { path, outcome, failure, milliseconds, ...facts } }) =>
    imageSection({
      ...facts,
      name: basename(path),
      status: outcome,
      problem: failure && `${failure.code}: ${failure.message}`,
      processingSeconds: milliseconds / 1000,
      renditions: facts.renditions.map((rendition) => ({ ...rendition, file: rendition.file ?? '' })),
    }),
  );
  return renderPage({ title: 'Contact sheet', summary: `${examinations.length} files`, sections, style });
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

function caption({ facts: { path, failure, metadata } }: Examination): Buffer {
  const lines = [basename(path).slice(0, 38), failure?.code ?? (metadata && formatDimensions(metadata))];
  const texts = lines.map((line, index) => html`<text x="8" y="${11 + 12 * index}">${line}</text>`);
  return Buffer.from(
    html`<svg xmlns="http://www.w3.org/2000/svg" width="${cell.width}" height="26" font-family="sans-serif" font-size="10">${texts}</svg>`
      .text,
  );
}
