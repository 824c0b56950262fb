// The linter's rules about imports, made from the table of rooms: one a room, named after it, and three for all of them.

import type { IForbiddenRuleType } from 'dependency-cruiser';
import { matches, patternOf, patternOfPackage, patternWithout } from './paths.ts';
import { programs, rooms } from './rooms.ts';

const product = '^(functions|shared|client/src|web/src|scripts|test)/';

/** Rooms that may import anything have no rule. */
export const roomRules = rooms.flatMap(({ path, imports, packages }) => {
  if (imports === 'anything') return [];
  return {
    name: path,
    comment: `It may import ${[imports, packages].flat().join(', ') || 'nothing'}. See scripts/layers/rooms.ts.`,
    severity: 'error',
    from: { path: patternOf(path), pathNot: narrowerRooms(path).map(patternOf) },
    to: {
      pathNot: [
        ...ownFiles(path),
        ...imports.map((one) => patternWithout(one, reservedIn(one))),
        ...(packages === 'anything' ? [`^(?!${product.slice(1)})`] : packages.map(patternOfPackage)),
      ],
    },
  } satisfies IForbiddenRuleType;
});
/** What holds whatever the room. */
export const commonRules = [
  {
    name: 'every-file-in-a-room',
    comment: 'Give its folder a row in scripts/layers/rooms.ts.',
    severity: 'error',
    from: { path: product, pathNot: rooms.map(({ path }) => patternOf(path)) },
    to: {},
  },
  {
    name: 'no-circles',
    comment: 'Move what both need into a file of its own.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-dead-code',
    comment: 'No program leads to it: delete it, or name what starts it in scripts/layers/rooms.ts.',
    severity: 'error',
    from: { path: programs.map(patternOf) },
    to: {
      path: '^(functions|shared|client/src|web/src|scripts)/',
      pathNot: [...programs.map(patternOf), '[.]d[.]ts$'],
      reachable: false,
    },
  },
] as const satisfies readonly IForbiddenRuleType[];

export const rules: IForbiddenRuleType[] = [...roomRules, ...commonRules];

function narrowerRooms(path: string): string[] {
  return rooms.filter((other) => matches(path, other.path)).map((room) => room.path);
}

function reservedIn(folder: string): string[] {
  return rooms
    .filter(({ path, isReserved }) => isReserved && path !== folder && path.startsWith(folder))
    .map(({ path }) => path);
}

/** The files of a folder may import one another; `$1` is the folder's name where the table has `*`. */
function ownFiles(path: string): string[] {
  if (!path.endsWith('/')) return [];
  return [patternWithout(path, reservedIn(path)).replaceAll('([^/]+)', '$1')];
}
