// The files that chaos uploads: small pictures of every common format, and files that are broken in common ways.
import sharp, { type Sharp } from 'sharp';
import { randomNumbers } from '../random/seeded.ts';

export interface ChaosFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly isCorrupt: boolean;
}

const [width, height] = [480, 320];

/** Pictures by file name, each with its type and its encoding. */
const encodings: Readonly<Record<string, readonly [contentType: string, encode: (picture: Sharp) => Sharp]>> =
  {
    'baseline.jpg': ['image/jpeg', (picture) => picture.jpeg()],
    'progressive.jpg': ['image/jpeg', (picture) => picture.jpeg({ progressive: true })],
    'rotated.jpg': ['image/jpeg', (picture) => picture.jpeg().withMetadata({ orientation: 6 })],
    'picture.png': ['image/png', (picture) => picture.png()],
    'picture.webp': ['image/webp', (picture) => picture.webp()],
    'picture.gif': ['image/gif', (picture) => picture.gif()],
  };

/** All of them, the same in every run. */
export async function makeFiles(): Promise<ChaosFile[]> {
  const files: ChaosFile[] = [];
  for (const [name, [contentType, encode]] of Object.entries(encodings)) {
    const bytes = await encode(picture(files.length)).toBuffer();
    files.push({ name, contentType, bytes, isCorrupt: false });
    const isCutOff = name === 'baseline.jpg' || name === 'picture.png';
    const half = bytes.subarray(0, bytes.length / 2);
    if (isCutOff) files.push({ name: `cut-off-${name}`, contentType, bytes: half, isCorrupt: true });
  }
  const text = Buffer.from('This is not a picture. '.repeat(50));
  files.push({ name: 'text.jpg', contentType: 'image/jpeg', bytes: text, isCorrupt: true });
  files.push({ name: 'zeros.webp', contentType: 'image/webp', bytes: Buffer.alloc(2000), isCorrupt: true });
  return files;
}

/** Noise over a gradient: it compresses like a photo. */
function picture(seed: number): Sharp {
  const random = randomNumbers(seed);
  const samples = width * height * 3;
  const pixels = Uint8Array.from({ length: samples }, (_, at) => (at / samples) * 200 + random() * 55);
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}
