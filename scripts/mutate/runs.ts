// Which rooms are mutated, and which tests have to notice.

export interface Run {
  /** Folders below shared/. */
  readonly rooms: readonly string[];
  /** Test files that have to notice. They are run anew for every mutant. */
  readonly tests: readonly string[];
}

const fastTests = 'test/unit/**/*.test.ts';

export const runs: readonly Run[] = [
  // The rules: tests that need nothing at all.
  { rooms: ['domain', 'api', 'reconcile'], tests: [fastTests] },
  // What stands between the rules and AWS: those, the contracts of table and ledger on an engine that evaluates conditions, and
  // the URLs of renditions before an edge that verifies them.
  {
    rooms: ['processing', 'aws', 'lambda'],
    tests: [
      fastTests,
      ...['image-table', 'owner-ledger', 'edge', 'edge-deletions'].map(
        (name) => `test/delivery/${name}.test.ts`,
      ),
    ],
  },
];

/** Of the contract, requests alone are checked by it while the API runs; the rest makes the OpenAPI document, which a test holds. */
const narrowed: Readonly<Record<string, readonly string[]>> = {
  api: ['!shared/api/contract/**', 'shared/api/contract/queries.ts', 'shared/api/contract/upload-request.ts'],
};

/** The files of rooms that are mutated, as StrykerJS wants them: each pattern adds to those before, or takes from them. */
export function patternsOf(rooms: readonly string[]): string[] {
  return rooms.flatMap((room) => [`shared/${room}/**/*.ts`, ...(narrowed[room] ?? [])]);
}
