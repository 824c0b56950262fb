// The page of one result: title, text with its drawings, and on what it was measured.

import type { Machine } from '../measure/machine.ts';
import type { Report, Result } from '../suite.ts';

const generated = '<!-- Written by `npm run bench`; do not edit. -->';

export function pageOf({ suite, machine, isQuick }: Result, { title, text, plots }: Report): string {
  const drawn = plots.reduce(
    (all, { name, alt }) => all.replace(`{plot:${name}}`, `![${alt}](${suite}-${name}.svg)`),
    text,
  );
  const quick = isQuick ? '\nA quick run: too few rounds to rest anything on.\n' : '';
  return `${generated}
# ${title}
${quick}
${drawn}

## Measured on

${describe(machine)}

Repeat it with \`npm run bench -- ${suite}\`. The samples are in [${suite}.json](${suite}.json).
`;
}

export function describe(machine: Machine): string {
  const { processor, cores, memoryGb, system, node, sharp, libvips, commit, measuredAt } = machine;
  return `${processor}, ${cores} cores, ${memoryGb} GB; ${system}; Node ${node}, sharp ${sharp}, libvips ${libvips};
commit \`${commit}\`, ${measuredAt}.`;
}
