// The files of a drop, those in folders as well: all that were dropped by themselves, and of a folder what is a picture.

import { hasPictureName } from './pictures.ts';

export interface Dropped {
  readonly files: readonly File[];
  /** How many of a folder's files were left out: they are no pictures, or could not be read. */
  readonly leftOut: number;
}

/** Files that are looked up at a time. */
const most = 20;

export const hasFiles = (transfer: DataTransfer | null) => transfer?.types.includes('Files') ?? false;

/** To be called while the event is handled: afterwards a browser tells no more of what was dropped. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<Dropped> {
  const entries = [...items].map((item) => item.webkitGetAsEntry?.());
  const folders = entries.filter((entry) => entry?.isDirectory) as FileSystemDirectoryEntry[];
  if (folders.length === 0) return { files: [...files], leftOut: 0 };
  // The list of files has folders as well, as files that cannot be read.
  const single = [...items].flatMap((item, index) =>
    entries[index]?.isFile ? (item.getAsFile() ?? []) : [],
  );
  const found = (await Promise.all(folders.map(filesOf))).flat();
  const pictures = found.filter(({ name }) => hasPictureName(name));
  const read: File[] = [];
  for (let index = 0; index < pictures.length; index += most) {
    const some = await Promise.all(pictures.slice(index, index + most).map(fileOf));
    read.push(...some.flatMap((file) => file ?? []));
  }
  return { files: [...single, ...read], leftOut: found.length - read.length };
}

async function filesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemFileEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemFileEntry[] = [];
  for (;;) {
    // At most 100 an answer, and none at the end: https://developer.mozilla.org/docs/Web/API/FileSystemDirectoryReader
    const entries = await new Promise<FileSystemEntry[]>((fulfil) => {
      reader.readEntries(fulfil, () => fulfil([]));
    });
    if (entries.length === 0) return found;
    for (const entry of entries) {
      if (entry.isFile) found.push(entry as FileSystemFileEntry);
      else found.push(...(await filesOf(entry as FileSystemDirectoryEntry)));
    }
  }
}

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File | undefined>((fulfil) => {
    entry.file(fulfil, () => fulfil(undefined));
  });
