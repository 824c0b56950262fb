// What StrykerJS loads by name: a checker that passes the mutants of the sample and leaves out the others, and an ignorer of
// what a schema says to readers, which no code goes by: docs/openapi.json is held to it by a test of its own.
// https://stryker-mutator.io/docs/stryker-js/plugins/

import { isSampled, type Mutant, type Sample } from './sample.ts';

/** Stryker asks its checkers in a process of their own: this variable tells it of the sample. */
export const sampleVariable = 'MUTATE_SAMPLE';

const sample = JSON.parse(process.env[sampleVariable] ?? '{"seed":0,"share":1}') as Sample;

/** The part of a Babel path that is looked at. */
interface NodePath {
  readonly parent: { readonly type: string; readonly callee?: Callee };
}

interface Callee {
  readonly name?: string;
  readonly property?: { readonly name?: string };
}

/** What takes descriptions: zod's own, and what makes the number of a query. */
const describing = ['describe', 'wholeNumber'];

function nameOf(callee: Callee | undefined): string {
  return callee?.property?.name ?? callee?.name ?? '';
}

export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'descriptions',
    value: {
      shouldIgnore: ({ parent }: NodePath) =>
        parent.type === 'CallExpression' && describing.includes(nameOf(parent.callee))
          ? 'read by people alone'
          : undefined,
    },
  },
  {
    kind: 'Checker',
    name: 'sample',
    value: {
      init: async () => {},
      async check(mutants: readonly (Mutant & { readonly id: string })[]) {
        const results = mutants.map((mutant) => [
          mutant.id,
          isSampled(mutant, sample)
            ? { status: 'passed' }
            : { status: 'compileError', reason: 'not in the sample' },
        ]);
        return Object.fromEntries(results);
      },
    },
  },
];
