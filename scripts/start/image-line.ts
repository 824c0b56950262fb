// What the terminal of `npm start` says of an image: one line, once nothing happens to it any more. Pure.

import { styleText } from 'node:util';
import type { ImageEvent } from '../../shared/domain/events/image-event.ts';
import { shortened } from '../terminal/shortened.ts';

const nameColumns = 32;
const colors = {
  'image.ready': 'green',
  'image.rejected': 'yellow',
  'image.failed': 'red',
  'image.deleted': 'gray',
} as const satisfies Record<ImageEvent['type'], string>;

/**
 * Time, name, result, and how long it took or why.
 * @param arrivedAt when S3 had the original, in milliseconds since the epoch; undefined where nobody saw it come
 * @param isColored whether the terminal has colors
 */
export function imageLine(event: ImageEvent, arrivedAt: number | undefined, isColored: boolean): string {
  const paint = (color: Parameters<typeof styleText>[0], text: string) =>
    isColored ? styleText(color, text, { validateStream: false }) : text;
  const { type, occurredAt, imageId, image } = event;
  const [, result = ''] = type.split('.');
  const time = new Date(occurredAt).toTimeString().slice(0, 8);
  const name = shortened(image.fileName ?? imageId, nameColumns).padEnd(nameColumns);
  return [paint('dim', time), name, paint(colors[type], result), detail(event, arrivedAt)]
    .filter(Boolean)
    .join('  ')
    .trimEnd();
}

function detail({ type, occurredAt, image }: ImageEvent, arrivedAt: number | undefined): string {
  if (image.failure) return `${image.failure.message} (${image.failure.code})`;
  if (type !== 'image.ready' || arrivedAt === undefined) return '';
  return `in ${Math.max(0, Date.parse(occurredAt) - arrivedAt)} ms`;
}
