// The eight EXIF orientations as what sharp does after a resize: mirror first, then rotate clockwise.

import type { Sharp } from 'sharp';

interface Turn {
  readonly flop: boolean;
  /** Degrees clockwise. */
  readonly rotate: 0 | 90 | 180 | 270;
}

const upright: Turn = { flop: false, rotate: 0 };

const turns: Readonly<Record<number, Turn>> = {
  1: upright,
  2: { flop: true, rotate: 0 },
  3: { flop: false, rotate: 180 },
  4: { flop: true, rotate: 180 },
  5: { flop: true, rotate: 270 },
  6: { flop: false, rotate: 90 },
  7: { flop: true, rotate: 90 },
  8: { flop: false, rotate: 270 },
};

/** Turns a picture upright. To be called after `resize`, so that the few pixels are turned and not the many. */
export function turnUpright(picture: Sharp, orientation: number): Sharp {
  const { flop, rotate } = turns[orientation] ?? upright;
  const mirrored = flop ? picture.flop() : picture;
  return rotate === 0 ? mirrored : mirrored.rotate(rotate);
}
