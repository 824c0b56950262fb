// Where an arrow key leads to from a photo. Pure.

import type { Rows } from './rows.ts';

export type Move = 'previous' | 'next' | 'above' | 'below' | 'first' | 'last';

const keys: Readonly<Record<string, Move>> = {
  ArrowLeft: 'previous',
  ArrowRight: 'next',
  ArrowUp: 'above',
  ArrowDown: 'below',
  Home: 'first',
  End: 'last',
};

export function moveOf({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): Move | undefined {
  return altKey || ctrlKey || metaKey || shiftKey ? undefined : keys[key];
}

/** @returns the index of a photo: the same one where there is none in that direction */
export function destination(move: Move, from: number, rows: Rows, ratios: readonly number[]): number {
  const last = ratios.length - 1;
  switch (move) {
    case 'previous':
      return Math.max(0, from - 1);
    case 'next':
      return Math.min(last, from + 1);
    case 'first':
      return 0;
    case 'last':
      return last;
    case 'above':
    case 'below':
      return beneath(from, move === 'above' ? -1 : 1, rows, ratios);
  }
}

/** The photo of the next row that is nearest to the middle of this one. */
function beneath(from: number, step: 1 | -1, rows: Rows, ratios: readonly number[]): number {
  const row = rows.of(from);
  const next = rows.at(row + step);
  const own = rows.boxes(row, ratios)[from - (rows.at(row)?.first ?? 0)];
  if (!next || !own) return from;
  const middle = own.left + own.width / 2;
  const distances = rows
    .boxes(row + step, ratios)
    .map(({ left, width }) => Math.abs(left + width / 2 - middle));
  return next.first + distances.indexOf(Math.min(...distances));
}
