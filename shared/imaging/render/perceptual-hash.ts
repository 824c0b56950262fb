// A perceptual hash: near pictures have near hashes (Hamming distance), whatever their format, quality or resolution.
// The DCT hash of Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010).

import type { RgbaPicture } from './rgba-picture.ts';

const gridSide = 32;
const hashSide = 8;
/** Coefficients this close to the median are encoder noise on flat pictures: they count as below it. */
const noiseFloor = 2;

const cosines = Float64Array.from({ length: hashSide * gridSide }, (_, index) => {
  const frequency = Math.floor(index / gridSide);
  const position = index % gridSide;
  return Math.cos(((2 * position + 1) * frequency * Math.PI) / (2 * gridSide));
});

/**
 * 64 bits as 16 hex digits. The luma of the picture on white is averaged into 32 x 32 cells; of its DCT, the
 * 8 x 8 lowest frequencies each give one bit, row by row: above their median (taken without the constant term) or not.
 */
export function perceptualHash(picture: RgbaPicture): string {
  const coefficients = lowFrequencies(lumaGrid(picture));
  const sorted = [...coefficients.slice(1)].sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? 0;
  let hash = 0n;
  for (const coefficient of coefficients) {
    hash = (hash << 1n) | (coefficient - median > noiseFloor ? 1n : 0n);
  }
  return hash.toString(16).padStart(16, '0');
}

function lumaGrid({ data, width, height }: RgbaPicture): Float64Array {
  const luma = lumaOnWhite(data);
  const grid = new Float64Array(gridSide * gridSide);
  for (let row = 0; row < gridSide; row += 1) {
    const top = Math.floor((row * height) / gridSide);
    const bottom = Math.max(top + 1, Math.floor(((row + 1) * height) / gridSide));
    for (let column = 0; column < gridSide; column += 1) {
      const left = Math.floor((column * width) / gridSide);
      const right = Math.max(left + 1, Math.floor(((column + 1) * width) / gridSide));
      let sum = 0;
      for (let y = top; y < bottom; y += 1) {
        for (let x = left; x < right; x += 1) sum += luma[y * width + x] ?? 0;
      }
      grid[row * gridSide + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return grid;
}

function lumaOnWhite(data: Uint8Array): Float64Array {
  const luma = new Float64Array(data.length / 4);
  for (let pixel = 0; pixel < luma.length; pixel += 1) {
    const at = pixel * 4;
    const color = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
    luma[pixel] = 255 + ((color - 255) * (data[at + 3] ?? 0)) / 255;
  }
  return luma;
}

function lowFrequencies(grid: Float64Array): Float64Array {
  const byRow = new Float64Array(gridSide * hashSide);
  for (let row = 0; row < gridSide; row += 1) {
    for (let u = 0; u < hashSide; u += 1) {
      let sum = 0;
      for (let x = 0; x < gridSide; x += 1) {
        sum += (grid[row * gridSide + x] ?? 0) * (cosines[u * gridSide + x] ?? 0);
      }
      byRow[row * hashSide + u] = sum;
    }
  }
  const coefficients = new Float64Array(hashSide * hashSide);
  for (let v = 0; v < hashSide; v += 1) {
    for (let u = 0; u < hashSide; u += 1) {
      let sum = 0;
      for (let y = 0; y < gridSide; y += 1) {
        sum += (byRow[y * hashSide + u] ?? 0) * (cosines[v * gridSide + y] ?? 0);
      }
      coefficients[v * hashSide + u] = sum / gridSide;
    }
  }
  return coefficients;
}
