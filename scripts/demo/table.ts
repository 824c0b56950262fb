// The table at the end: what became of every file.

import type { Rendition } from '../../client/src/client.ts';
import { formatCamera } from '../terminal/camera.ts';
import { formatBytes, formatDimensions } from '../terminal/figures.ts';
import { type Cell, renderTable } from '../terminal/table.ts';
import { wrap } from '../terminal/wrap.ts';
import type { RefusedPath } from './photo-files.ts';
import type { UploadedPhoto } from './upload-photo.ts';

const head = ['File', 'Status', 'Original', 'Camera', 'Renditions', 'Processing'];
const problemColumns = 48;

export function summaryTable(photos: readonly UploadedPhoto[], refused: readonly RefusedPath[]): string {
  const refusals = refused.map(({ path, reason }) => [
    path,
    { colSpan: head.length - 1, content: `refused: ${reason}` },
  ]);
  return renderTable([...photos.map(rowOf), ...refusals], { head, isRuled: true });
}

function rowOf({ name, bytes, image, error, saved, processingSeconds }: UploadedPhoto): Cell[] {
  const metadata = image?.metadata;
  const failure = image?.failure;
  const problem = error ?? (failure && `${failure.code}: ${failure.message}`);
  return [
    name,
    image?.status ?? 'not uploaded',
    [metadata && formatDimensions(metadata), formatBytes(bytes)].filter(Boolean).join('\n'),
    formatCamera(metadata?.camera),
    problem ? wrap(problem, problemColumns) : saved.map(describe).join('\n'),
    processingSeconds === undefined ? '' : `${processingSeconds.toFixed(2)} s`,
  ];
}

function describe(rendition: Rendition): string {
  const { variant, format, bytes } = rendition;
  return `${variant} ${format} ${formatDimensions(rendition)} ${formatBytes(bytes)}`;
}
