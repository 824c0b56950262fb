// The overview: every target beside its figure, and where to read on.

import type { Report, Result } from '../suite.ts';
import { targetTable } from './format.ts';
import { describe } from './page.ts';

export function overviewOf(reports: readonly (readonly [Result, Report])[]): string {
  const [latest] = reports
    .map(([{ machine }]) => machine)
    .sort((a, b) => (a.measuredAt < b.measuredAt ? 1 : -1));
  const sections = reports.map(([{ suite }, { title, targets }]) => {
    const figures = targets.length === 0 ? '' : `\n${targetTable(targets)}\n`;
    return `## [${title}](${suite}.md)\n${figures}`;
  });
  return `<!-- Written by \`npm run bench\`; do not edit. -->
# Benchmarks

Every figure comes from a committed run and says no more than that run showed, on one machine:

${latest === undefined ? '' : describe(latest)}

\`npm run bench -- all\` repeats them elsewhere, on generated photos or, with \`--photos FOLDER\`, on yours. Contenders run in
turns; figures are medians with quartiles in brackets.

${sections.join('\n')}`;
}
