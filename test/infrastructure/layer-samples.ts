// A sample of every room that imports whatever there is, and which of that the table of rooms refuses it: worked out
// from the words of the table, not from the expressions that the linter is given.

import { dirname, relative } from 'node:path';
import { type Room, rooms } from '../../scripts/layers/rooms.ts';
import type { Violation } from './planted-project.ts';

/** Writes one import, of `value` or of `Value`, under a name of its own. */
export type WriteImport = (module: string, name: string) => string;

interface Sample {
  readonly path: string;
  readonly room: Room;
}

const leaf = 'export const value = 1;\nexport type Value = number;\n';

/** Two files of each room, or its only one. */
const samples: readonly Sample[] = rooms.flatMap((room) => {
  const paths = room.path.endsWith('/') ? filesIn(room.path) : named(room.path);
  return [...new Set(paths)].map((path) => ({ path, room }));
});
/** The first of each room. */
const importers = samples.filter(({ room }, index) => samples[index - 1]?.room !== room);

/** All that the table names, a package of each scope, and what it does not name. */
const packages = [
  ...new Set(rooms.flatMap((room) => (room.packages === 'anything' ? [] : room.packages))),
  ...['vitest', 'node:cluster'],
].map((name) => name.replace('@aws-sdk/*', '@aws-sdk/client-s3').replace('powertools/*', 'powertools/batch'));

/** The project of samples, texts by path: the first file of each room imports all other files and all packages. */
export function sampleProject(write: WriteImport): Record<string, string> {
  const files = Object.fromEntries(samples.map(({ path }) => [path, leaf]));
  for (const { path } of importers) {
    const modules = [...others(path).map((other) => specifier(path, other.path)), ...packages];
    files[path] = leaf + modules.map((module, index) => write(module, `import${index}`)).join('');
  }
  return files;
}

/** What the rules of the rooms have to refuse of it, in the spelling of `spelled`. */
export const refusals: readonly string[] = importers.flatMap((from) => {
  const refusedFiles = others(from.path).filter((to) => !mayImport(from, to));
  const refusedPackages = packages.filter((name) => !mayUse(from.room, name));
  return [...refusedFiles.map(({ path }) => path), ...refusedPackages].map((to) =>
    spelled({ rule: from.room.path, from: from.path, to }),
  );
});

/** One line a violation, with packages by their names, wherever they are installed. */
export function spelled({ rule, from, to }: Violation): string {
  const [, installed] = /node_modules\/(?:@types\/)?((?:@[^/]+\/)?[^/]+)\//.exec(to) ?? [];
  return `${rule}: ${from} → ${installed ?? to.replace('node:', '')}`;
}

export function specifier(from: string, to: string): string {
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

function mayImport(from: Sample, to: Sample): boolean {
  const { path, imports } = from.room;
  if (imports === 'anything' || imports.includes(to.room.path)) return true;
  const isOwn = path.endsWith('/') && to.path.startsWith(`${dirname(from.path)}/`);
  if (to.room.isReserved) return isOwn && to.room === from.room;
  return isOwn || imports.some((folder) => to.path.startsWith(folder));
}

function mayUse({ packages: allowed }: Room, name: string): boolean {
  if (allowed === 'anything') return true;
  return allowed.some((one) => one === name || (one.endsWith('*') && name.startsWith(one.slice(0, -1))));
}

function others(path: string): readonly Sample[] {
  return samples.filter((sample) => sample.path !== path);
}

/** In one folder where the table names it, in one each where it has a star. */
function filesIn(folder: string): string[] {
  if (!folder.includes('*')) return [`${folder}sample.ts`, `${folder}other.ts`];
  return named(folder).map((one) => `${one}sample.ts`);
}

function named(path: string): string[] {
  return ['sample', 'other'].map((name) => path.replaceAll('*', name));
}
