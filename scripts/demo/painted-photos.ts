// Photos of landscapes that no camera saw, in many shapes and lights: for pictures of the page, and tests where there are no others.

import sharp from 'sharp';
import { landscape } from './sample-pictures.ts';

export interface PaintedPhoto {
  readonly name: string;
  readonly mimeType: 'image/jpeg';
  readonly buffer: Buffer;
}

type Sky = readonly [string, string, string];

interface Light {
  readonly name: string;
  readonly sky: Sky;
  readonly disc: string;
  readonly ridges: readonly [string, string];
}

const lights: readonly Light[] = [
  {
    name: 'dusk',
    sky: ['#23305f', '#c7586a', '#ffc98a'],
    disc: '#fff3d6',
    ridges: ['#b4647c', '#141832'],
  },
  {
    name: 'night',
    sky: ['#050914', '#10254a', '#2e5d8c'],
    disc: '#eef4ff',
    ridges: ['#2c5479', '#04070f'],
  },
  {
    name: 'dawn',
    sky: ['#8fc6d8', '#cfe3dc', '#f7e7c8'],
    disc: '#fffdf4',
    ridges: ['#a9c4b8', '#1f3b36'],
  },
  {
    name: 'noon',
    sky: ['#3f8fd0', '#8cc4ea', '#dff0f7'],
    disc: '#ffffff',
    ridges: ['#8fb3a0', '#2c4a2b'],
  },
  {
    name: 'haze',
    sky: ['#d9a679', '#ecc9a0', '#f8e6cc'],
    disc: '#fff7e8',
    ridges: ['#d3a37c', '#5a3524'],
  },
  {
    name: 'frost',
    sky: ['#b9c7dd', '#d9e2ee', '#f3f1f4'],
    disc: '#ffffff',
    ridges: ['#c3cfdf', '#4c5f7d'],
  },
];
const shapes = [
  [1500, 1000],
  [1000, 1400],
  [1600, 900],
  [1200, 1200],
] as const;

/** The same ones every time, each another one. */
export function paintedPhotos(count: number): Promise<PaintedPhoto[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => painted(index)));
}

async function painted(index: number): Promise<PaintedPhoto> {
  const [width, height] = shapes[(index * 3 + Math.floor(index / 4)) % shapes.length] ?? shapes[0];
  const { name, ...light } = lights[index % lights.length] as Light;
  const svg = Buffer.from(landscape({ width, height, seed: 3 + index * 7, ...light }));
  const buffer = await sharp(svg).jpeg({ quality: 85 }).toBuffer();
  return { name: `${name}-${index + 1}.jpg`, mimeType: 'image/jpeg', buffer };
}
