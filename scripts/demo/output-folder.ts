// ./demo-out/: the renditions of the last run, a folder for each photo, a page to look at them, and the samples.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { outputFormats } from '../../shared/domain/formats.ts';
import { UsageError } from '../terminal/errors.ts';
import type { SaveRendition } from './upload-photo.ts';

const outputFolder = 'demo-out';
const renditionsFolder = join(outputFolder, 'renditions');
const pagePath = join(outputFolder, 'index.html');
export const samplesFolder = join(outputFolder, 'samples');

/**
 * Removes what an earlier run saved.
 * @param paths what is to be uploaded
 * @throws {UsageError} when that would remove one of them
 */
export async function clearRenditions(paths: readonly string[]): Promise<void> {
  const folder = resolve(renditionsFolder);
  const inside = paths.find((path) => `${resolve(path)}${sep}`.startsWith(`${folder}${sep}`));
  if (inside !== undefined) {
    throw new UsageError(`Every run empties ${renditionsFolder}: move ${inside} out of it first.`);
  }
  await Promise.all([rm(folder, { recursive: true, force: true }), rm(pagePath, { force: true })]);
  await mkdir(folder, { recursive: true });
}

/** @param position keeps photos of the same name apart */
export function renditionSaver(photoName: string, position: number): SaveRendition {
  const plainName = photoName.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N}._-]+/gu, '-');
  const folder = `renditions/${String(position + 1).padStart(3, '0')}-${plainName}`;
  return async ({ variant, format }, body) => {
    const file = `${folder}/${variant}.${outputFormats[format].extension}`;
    await mkdir(join(outputFolder, folder), { recursive: true });
    await writeFile(join(outputFolder, file), body);
    return file;
  };
}

/** @returns where it is */
export async function savePage(html: string): Promise<string> {
  await writeFile(pagePath, html);
  return pagePath;
}
