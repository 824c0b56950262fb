// What the LGPL asks of whoever hands on a library under it: the license's text and that of the GPL, on which it builds, and
// where the sources are. They are laid beside the library, in its own folder.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ZipFiles } from './zip.ts';

const texts = ['LGPL-3.0.txt', 'GPL-3.0.txt'];

/** Where each library under the LGPL is developed, by the name that the modules' own lists of versions have for it. */
const homes: Readonly<Record<string, string>> = {
  exif: 'https://github.com/libexif/libexif',
  fribidi: 'https://github.com/fribidi/fribidi',
  glib: 'https://gitlab.gnome.org/GNOME/glib',
  heif: 'https://github.com/strukturag/libheif',
  pango: 'https://gitlab.gnome.org/GNOME/pango',
  'proxy-libintl': 'https://github.com/frida/proxy-libintl',
  rsvg: 'https://gitlab.gnome.org/GNOME/librsvg',
  vips: 'https://github.com/libvips/libvips',
};

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly repository?: { readonly url?: string };
}

/** Of these modules those under the LGPL get what belongs beside them, by path in the zip. */
export async function copyleftFiles(
  serviceDir: string,
  folder: string,
  names: readonly string[],
): Promise<ZipFiles> {
  const files: Record<string, Uint8Array> = {};
  for (const name of names) {
    const root = join('node_modules', name);
    const manifest: Manifest = JSON.parse(await readFile(join(folder, root, 'package.json'), 'utf8'));
    if (!manifest.license?.includes('LGPL')) continue;
    for (const text of texts) files[`${root}/${text}`] = await readFile(join(serviceDir, 'LICENSES', text));
    // Which license each library in the module is under: its only statement of it.
    files[`${root}/README.md`] = await readFile(join(folder, root, 'README.md'));
    files[`${root}/SOURCES.txt`] = Buffer.from(
      sourcesOf(manifest, await libraryVersions(join(folder, root))),
    );
  }
  return files;
}

/** The libraries that a module was built from, where it lists them; none where it does not. */
export async function libraryVersions(moduleFolder: string): Promise<Readonly<Record<string, string>>> {
  const list = await readFile(join(moduleFolder, 'versions.json'), 'utf8').catch(() => '{}');
  return JSON.parse(list);
}

function sourcesOf(
  { name, version, repository }: Manifest,
  libraries: Readonly<Record<string, string>>,
): string {
  const url = (repository?.url ?? '').replace(/^git\+/, '').replace(/\.git$/, '');
  const listed = Object.entries(libraries).flatMap(([library, release]) =>
    library in homes ? [`  ${library} ${release}: ${homes[library]}`] : [],
  );
  return [
    `${name} ${version} comes as it was published, under the LGPL of the text beside this file.`,
    `Its source, and how it is built from the sources of the libraries in it: release ${version} of ${url}`,
    ...(listed.length > 0 ? ['Libraries in it that are under the LGPL, and their sources:', ...listed] : []),
    'It is loaded at run time: a changed build can be put in its place, in this folder.',
    '',
  ].join('\n');
}
