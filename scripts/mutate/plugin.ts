// A checker of StrykerJS, which loads it by its name: passes the mutants of the sample and leaves out the others.
// https://stryker-mutator.io/docs/stryker-js/plugins/

import { isSampled, type Mutant, type Sample } from './sample.ts';

/** Stryker asks its checkers in a process of their own: this variable tells it of the sample. */
export const sampleVariable = 'MUTATE_SAMPLE';

const sample = JSON.parse(process.env[sampleVariable] ?? '{"seed":0,"share":1}') as Sample;

export const strykerPlugins = [
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
