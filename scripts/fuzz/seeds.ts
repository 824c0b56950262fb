// Small, sound files of every format and of the features that make decoders complicated.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { metadataSeeds } from './metadata-seeds.ts';
import type { Seed } from './seed.ts';

const width = 64;
const height = 48;
const maxCorpusBytes = 60_000;

/** Generated seeds, and the small sound files of a corpus where there is one. */
export async function seeds(corpus?: string): Promise<Seed[]> {
  return [...(await generated()), ...(corpus !== undefined && existsSync(corpus) ? fromCorpus(corpus) : [])];
}

async function generated(): Promise<Seed[]> {
  const makers: Record<string, (picture: Sharp) => Sharp> = {
    'baseline.jpg': (picture) => picture.jpeg(),
    'progressive.jpg': (picture) => picture.jpeg({ progressive: true }),
    'exif.jpg': (picture) =>
      picture
        .withExif({ IFD0: { Make: 'Acme', Orientation: '6' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
        .jpeg(),
    'cmyk.jpg': (picture) => picture.toColorspace('cmyk').jpeg(),
    'grey.jpg': (picture) => picture.toColorspace('b-w').jpeg(),
    'profile.jpg': (picture) => picture.withIccProfile('p3').jpeg(),
    'rgb.png': (picture) => picture.png(),
    'palette.png': (picture) => picture.png({ palette: true }),
    'interlaced-alpha.png': (picture) => picture.ensureAlpha(0.5).png({ progressive: true }),
    'deep.png': (picture) => picture.toColorspace('rgb16').png(),
    'profile.png': (picture) =>
      picture.withIccProfile('p3').withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>').png(),
    'lossy.webp': (picture) => picture.webp(),
    'lossless.webp': (picture) => picture.ensureAlpha(0.5).webp({ lossless: true }),
    'still.gif': (picture) => picture.gif(),
    'color.avif': (picture) => picture.avif({ effort: 0 }),
    'deep.avif': (picture) => picture.avif({ effort: 0, bitdepth: 10 }),
    'lzw.tif': (picture) => picture.tiff({ compression: 'lzw' }),
    'tiled-jpeg.tif': (picture) =>
      picture.tiff({ compression: 'jpeg', tile: true, tileWidth: 16, tileHeight: 16 }),
    'deep.tif': (picture) => picture.toColorspace('rgb16').tiff({ compression: 'deflate' }),
  };
  const stills = Object.entries(makers).map(async ([name, make]) => ({
    name,
    file: await make(base()).toBuffer(),
  }));
  return [
    ...(await Promise.all(stills)),
    {
      name: 'animated.gif',
      file: await animation()
        .gif({ delay: [50, 100, 150], loop: 2 })
        .toBuffer(),
    },
    {
      name: 'animated.webp',
      file: await animation()
        .webp({ delay: [50, 100, 150] })
        .toBuffer(),
    },
    { name: 'drawing.svg', file: Buffer.from(drawing) },
    ...(await metadataSeeds(base)),
  ];
}

function base(): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = (at * 7 + (at >> 5) * 13) % 256;
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

function animation(): Sharp {
  const frames = 3;
  const pixels = Buffer.alloc(width * height * frames * 4, 255);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = (at * 3 + (at >> 7)) % 256;
  const raw = { width, height: height * frames, channels: 4, pageHeight: height } as const;
  return sharp(pixels, { raw, animated: true });
}

const drawing = `<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="64" height="48" viewBox="0 0 64 48">
<defs><linearGradient id="g"><stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f"/></linearGradient>
<filter id="b"><feGaussianBlur stdDeviation="2"/></filter><g id="s"><circle r="4"/></g></defs>
<rect width="64" height="48" fill="url(#g)"/><use xlink:href="#s" x="9" y="9"/><path d="M0 0L30 30Z" filter="url(#b)"/>
<text x="2" y="40">text</text></svg>`;

function fromCorpus(corpus: string): Seed[] {
  return ['formats', 'metadata', 'orientation'].flatMap((folder) =>
    readdirSync(join(corpus, folder))
      .map((name) => join(corpus, folder, name))
      .filter((path) => statSync(path).size <= maxCorpusBytes)
      .map((path) => ({ name: path.slice(corpus.length + 1), file: readFileSync(path) })),
  );
}
