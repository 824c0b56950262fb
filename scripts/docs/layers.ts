// The rooms of the product for people: as a table, and as a picture.

import { type Room, rooms } from '../layers/rooms.ts';
import { markdownTable } from '../page/markdown-table.ts';

const isShipped = ({ path }: Room) => /^(functions|shared)[/]/.test(path);

/** The rooms of what ships, or of what does not. */
export function roomsTable(which: 'shipped' | 'not shipped'): string {
  const rows = rooms.filter((room) => isShipped(room) === (which === 'shipped'));
  return markdownTable([
    ['room', 'what it is for', 'may import of ours', 'and of others'],
    ...rows.map(({ path, purpose, imports, packages }) => [
      code(path),
      purpose,
      listed(imports),
      listed(packages),
    ]),
  ]);
}

/** What ships, as a flowchart for Mermaid. https://mermaid.js.org/syntax/flowchart.html */
export function roomsPicture(): string {
  const shipped = rooms.filter(isShipped);
  const folders = Map.groupBy(shipped, ({ path }) => folderOf(path));
  const nodes = [...folders].flatMap(([folder, members]) => {
    const isRoom = members.some(({ path }) => path === folder);
    if (isRoom || members.length === 1) return members.map(({ path }) => node(path, path));
    const inside = members.map(({ path }) => `  ${node(path, path.slice(folder.length))}`);
    return [`subgraph in_${idOf(folder)}["${folder}"]`, ...inside, 'end'];
  });
  const arrows = shipped.flatMap((room) =>
    direct(room, shipped).map(({ path }) => `${idOf(room.path)} --> ${idOf(path)}`),
  );
  return ['```mermaid', 'flowchart TD', ...[...nodes, ...arrows].map((line) => `  ${line}`), '```'].join(
    '\n',
  );
}

/** What a room imports, but for what another of these rooms imports in its turn. */
function direct(room: Room, all: readonly Room[]): Room[] {
  const near = importedBy(room, all);
  return near.filter((one) => !near.some((other) => other !== one && reaches(other, one, all)));
}

function importedBy({ path, imports }: Room, all: readonly Room[]): Room[] {
  return all.filter((other) => {
    const isInside = other.path !== path && other.path.startsWith(path) && !other.isReserved;
    return isInside || imports.includes(other.path);
  });
}

function reaches(from: Room, to: Room, all: readonly Room[]): boolean {
  return importedBy(from, all).some((next) => next === to || reaches(next, to, all));
}

/** The folder below shared/, or functions/ itself. */
function folderOf(path: string): string {
  return /^(functions|shared[/][^/]+)[/]/.exec(path)?.[0] ?? path;
}

function node(path: string, label: string): string {
  return `${idOf(path)}["${label}"]`;
}

function idOf(path: string): string {
  return path.replace(/\W+/g, '_');
}

function listed(names: readonly string[] | 'anything'): string {
  if (names === 'anything') return names;
  return names.length === 0 ? 'nothing' : names.map(code).join(', ');
}

function code(text: string): string {
  return `\`${text}\``;
}
