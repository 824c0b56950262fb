// Paints the sample pictures as SVG: the same seed always gives the same picture.

import { randomNumbers } from '../random/seeded.ts';

interface Scene {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  /** From the zenith to the horizon. */
  readonly sky: readonly [string, string, string];
  readonly disc: string;
  /** From the farthest ridge to the nearest. */
  readonly ridges: readonly [string, string];
}

const ridgeCount = 7;

/** Ridges, one behind the other, before a low sun or moon. */
export function landscape({ width, height, seed, sky, disc, ridges }: Scene): string {
  const random = randomNumbers(seed);
  const radius = Math.min(width, height) * 0.07;
  const [discX, discY] = [width * (0.3 + random() * 0.4), height * (0.3 + random() * 0.12)];
  const layers = Array.from({ length: ridgeCount }, (_, index) => {
    const nearness = index / (ridgeCount - 1);
    const base = height * (0.46 + 0.44 * nearness);
    const path = ridge(width, height, base, height * (0.05 + 0.06 * nearness), random);
    return `<path d="${path}" fill="${mixed(ridges, nearness)}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs>
      <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
        ${sky.map((color, index) => `<stop offset="${index * 0.35}" stop-color="${color}"/>`).join('')}
      </linearGradient>
      <radialGradient id="glow">
        <stop offset="0" stop-color="${disc}" stop-opacity="0.7"/>
        <stop offset="0.45" stop-color="${disc}" stop-opacity="0.2"/><stop offset="1" stop-color="${disc}" stop-opacity="0"/>
      </radialGradient>
    </defs>
    <rect width="100%" height="100%" fill="url(#sky)"/>
    <circle cx="${discX}" cy="${discY}" r="${radius * 5}" fill="url(#glow)"/>
    <circle cx="${discX}" cy="${discY}" r="${radius}" fill="${disc}"/>
    ${layers.join('')}
  </svg>`;
}

/** A flower of translucent petals on nothing. */
export function petals(side: number, hues: readonly number[]): string {
  const [middle, length] = [side / 2, side * 0.23];
  const count = hues.length * 3;
  const leaves = Array.from({ length: count }, (_, index) => {
    const turn = (360 / count) * index;
    const hue = hues[index % hues.length] ?? 0;
    return `<ellipse cx="${middle}" cy="${middle - length}" rx="${side * 0.1}" ry="${length}"
      fill="hsl(${hue} 85% 60%)" fill-opacity="0.42" transform="rotate(${turn} ${middle} ${middle})"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">${leaves.join('')}
    <circle cx="${middle}" cy="${middle}" r="${side * 0.06}" fill="#ffd34d"/></svg>`;
}

function ridge(width: number, height: number, base: number, amplitude: number, random: () => number): string {
  const waves = [1.3, 2.9, 6.1, 13.7, 31].map((frequency) => ({
    frequency: frequency * (0.8 + random() * 0.4),
    amplitude: amplitude / frequency ** 0.75,
    phase: random() * 2 * Math.PI,
  }));
  const steps = 240;
  const points = Array.from({ length: steps + 1 }, (_, index) => {
    const x = index / steps;
    const rise = waves.map(
      (wave) => wave.amplitude * Math.sin(wave.frequency * x * 2 * Math.PI + wave.phase),
    );
    return `${Math.round(x * width)},${Math.round(base - rise.reduce((sum, one) => sum + one, 0))}`;
  });
  return `M0,${height} L${points.join(' L')} L${width},${height} Z`;
}

function mixed([far, near]: readonly [string, string], nearness: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [from, to] = [far, near].map((color) => Number.parseInt(color.slice(at, at + 2), 16)) as [
      number,
      number,
    ];
    return Math.round(from + (to - from) * nearness);
  });
  return `rgb(${channels.join()})`;
}
