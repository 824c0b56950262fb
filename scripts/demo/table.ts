// The table at the end: what became of every file.

import Table from 'cli-table3';
import type { RenditionView } from '../../shared/domain/image-view.ts';
import type { DevelopedPhoto } from './develop-photo.ts';
import type { RefusedPath } from './photo-files.ts';
import { formatBytes, formatCamera, formatDimensions } from './units.ts';

/** @param isColored whether the output is a terminal */
export function summaryTable(
  photos: readonly DevelopedPhoto[],
  refused: readonly RefusedPath[],
  isColored: boolean,
): string {
  const head = ['File', 'Status', 'Original', 'Camera', 'Renditions', 'Processing'];
  const table = new Table({ head, wordWrap: true, ...(!isColored && { style: { head: [], border: [] } }) });
  for (const photo of photos) table.push(rowOf(photo));
  for (const { path, reason } of refused) table.push([path, { colSpan: 5, content: `refused: ${reason}` }]);
  return table.toString();
}

function rowOf({ name, bytes, image, error, saved, processingSeconds }: DevelopedPhoto): Table.Cell[] {
  const metadata = image?.metadata;
  const failure = image?.failure;
  const problem = error ?? (failure && `${failure.code}: ${failure.message}`);
  return [
    name,
    image?.status ?? 'not uploaded',
    [metadata && formatDimensions(metadata), formatBytes(bytes)].filter(Boolean).join('\n'),
    formatCamera(metadata?.camera),
    problem ? wrapped(problem, 48) : saved.map(describe).join('\n'),
    processingSeconds === undefined ? '' : `${processingSeconds.toFixed(2)} s`,
  ];
}

function describe(rendition: RenditionView): string {
  const { variant, format, bytes } = rendition;
  return `${variant} ${format} ${formatDimensions(rendition)} ${formatBytes(bytes)}`;
}

function wrapped(text: string, columns: number): string {
  return text.replace(new RegExp(`(.{1,${columns}})(\\s+|$)`, 'g'), '$1\n').trimEnd();
}
