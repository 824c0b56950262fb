// Photos of landscapes that no camera saw, in many shapes and lights: for pictures of the page, and tests where there are no others.

import sharp from 'sharp';
import { landscape } from './sample-pictures.ts';

export interface PaintedPhoto {
  readonly name: string;
  readonly mimeType: 'image/jpeg';
  readonly buffer: Buffer;
}

/** Name, sky from the zenith to the horizon, sun or moon, and ridges from the farthest to the nearest. */
const lights = [
  ['dusk', ['#23305f', '#c7586a', '#ffc98a'], '#fff3d6', ['#b4647c', '#141832']],
  ['night', ['#050914', '#10254a', '#2e5d8c'], '#eef4ff', ['#2c5479', '#04070f']],
  ['dawn', ['#8fc6d8', '#cfe3dc', '#f7e7c8'], '#fffdf4', ['#a9c4b8', '#1f3b36']],
  ['noon', ['#3f8fd0', '#8cc4ea', '#dff0f7'], '#ffffff', ['#8fb3a0', '#2c4a2b']],
  ['haze', ['#d9a679', '#ecc9a0', '#f8e6cc'], '#fff7e8', ['#d3a37c', '#5a3524']],
  ['frost', ['#b9c7dd', '#d9e2ee', '#f3f1f4'], '#ffffff', ['#c3cfdf', '#4c5f7d']],
] as const;
const shapes = [
  [1500, 1000],
  [1000, 1400],
  [1600, 900],
  [1200, 1200],
] as const;

/** The same ones every time, and no two alike. */
export function paintedPhotos(count: number): Promise<PaintedPhoto[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => painted(index)));
}

async function painted(index: number): Promise<PaintedPhoto> {
  const [width, height] = shapes[(index * 3 + Math.floor(index / 4)) % shapes.length] ?? shapes[0];
  const [name, sky, disc, ridges] = lights[index % lights.length] ?? lights[0];
  const svg = Buffer.from(landscape({ width, height, seed: 3 + index * 7, sky, disc, ridges }));
  const buffer = await sharp(svg).jpeg({ quality: 85 }).toBuffer();
  return { name: `${name}-${index + 1}.jpg`, mimeType: 'image/jpeg', buffer };
}
