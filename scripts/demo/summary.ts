// What became of every file, in lines that fit 80 columns.

import type { Rendition } from '../../client/src/client.ts';
import { formatCamera } from '../terminal/camera.ts';
import { formatBytes, formatDimensions } from '../terminal/figures.ts';
import { shortened } from '../terminal/shortened.ts';
import { wrap } from '../terminal/wrap.ts';
import { type LeftOut, photoExtensions } from './photo-files.ts';
import type { UploadedPhoto } from './upload-photo.ts';

const columns = 80;
const labelColumns = 13;
const nameColumns = 48;
/** More than that would push what was uploaded off the screen. */
const shownLeftOut = 10;

/**
 * A paragraph a file, then what was left out and why.
 * @param page where the page is that shows them, when there is one: images have addresses there, which end in their IDs
 */
export function summary(
  photos: readonly UploadedPhoto[],
  leftOut: readonly LeftOut[],
  page?: string,
): string {
  const paragraphs = photos.map((photo) => paragraphOf(photo, page));
  return [...paragraphs, ...(leftOut.length > 0 ? [leftOutLines(leftOut)] : [])].join('\n\n');
}

function paragraphOf(photo: UploadedPhoto, page: string | undefined): string {
  const { name, bytes, image, error, saved, processingSeconds } = photo;
  const { status = 'not uploaded', metadata, failure } = image ?? {};
  const duration = processingSeconds === undefined ? '' : ` in ${processingSeconds.toFixed(2)} s`;
  const original = [
    metadata && formatDimensions(metadata),
    formatBytes(bytes),
    formatCamera(metadata?.camera),
  ];
  return [
    `${shortened(name, nameColumns)}: ${status}${duration}`,
    ...labeled('image', image && (page ? `${page}/#/images/${image.imageId}` : image.imageId)),
    ...labeled('original', original.filter(Boolean).join(', ')),
    ...labeled('renditions', saved.map(describe).join('\n')),
    ...labeled('why', error ?? (failure && `${failure.message} (${failure.code})`)),
  ].join('\n');
}

function leftOutLines(leftOut: readonly LeftOut[]): string {
  const shown = leftOut.slice(0, shownLeftOut);
  const more = leftOut.length - shown.length;
  return [
    `Left out (photos end in ${photoExtensions.join(' ')}):`,
    ...shown.map(({ path, reason }) => `${shortened(path, nameColumns)}: ${reason}`),
    ...(more > 0 ? [`and ${more} more`] : []),
  ]
    .flatMap((line, index) =>
      wrap(line, columns - 2)
        .split('\n')
        .map((part) => (index === 0 ? part : `  ${part}`)),
    )
    .join('\n');
}

/** Lines under a label; none where there is nothing to say. */
function labeled(label: string, text: string | null | undefined): string[] {
  if (!text) return [];
  const lines = text.split('\n').flatMap((line) => wrap(line, columns - labelColumns).split('\n'));
  return lines.map((line, index) => `  ${(index === 0 ? label : '').padEnd(labelColumns - 2)}${line}`);
}

function describe(rendition: Rendition): string {
  const { variant, format, bytes } = rendition;
  return `${variant.padEnd(7)} ${format.padEnd(5)} ${formatDimensions(rendition).padEnd(11)} ${formatBytes(bytes)}`;
}
