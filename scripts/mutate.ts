// npm run mutate: plants faults in the rules and the adapters, and demands that the fast tests notice.

import { asListed, type Judgement, judge, roomOf } from './mutate/judge.ts';
import { type Run, runs } from './mutate/runs.ts';
import { runStryker } from './mutate/stryker.ts';
import { type Survivor, survivors } from './mutate/survivors.ts';
import { UsageError } from './terminal/errors.ts';
import { flag, optional, text, wholeNumber, withDefault } from './terminal/options.ts';
import { print } from './terminal/print.ts';
import { runTool } from './terminal/run-tool.ts';
import { renderTable } from './terminal/table.ts';

const rooms = runs.flatMap((run) => run.rooms);
const leastShare = 0.85;

const tool = {
  name: 'mutate',
  about: `Plants faults in shared/ by StrykerJS, one at a time, and demands that the fast tests notice ${leastShare * 100} % of
those that change anything. What survives has to be explained in scripts/mutate/survivors.ts.`,
  options: {
    percent: withDefault(wholeNumber(), 'N', 'how many of the mutants to try', 25),
    full: flag('tries them all'),
    seed: optional(wholeNumber(0), 'N', 'repeats a run’s choice of mutants'),
    room: optional(text, 'NAME', `only this one: ${rooms.join(', ')}`),
  },
};

await runTool(tool, async ({ percent, full, seed = Date.now() % 2 ** 31, room }) => {
  if (percent > 100) throw new UsageError('--percent takes at most 100.');
  if (room !== undefined && !rooms.includes(room)) {
    throw new UsageError(`--room takes one of ${rooms.join(', ')}.`);
  }
  const share = full ? 1 : percent / 100;
  print(`Seed ${seed}, ${share * 100} % of the mutants.`);
  const tested = [];
  for (const run of runs.flatMap((each) => narrowed(each, room))) {
    tested.push(...(await runStryker(run, { seed, share })));
  }
  const mutated = new Set(tested.map(({ file }) => roomOf(file)));
  const judgement = judge(
    tested,
    survivors.filter(({ file }) => mutated.has(roomOf(file))),
  );
  report(judgement);
  return isGood(judgement) ? 0 : 1;
});

function narrowed(run: Run, room: string | undefined): Run[] {
  if (room === undefined) return [run];
  return run.rooms.includes(room) ? [{ ...run, rooms: [room] }] : [];
}

function isGood({ rooms, unexplained, stale, killed }: Judgement): boolean {
  const isEnough = rooms.every(({ killedShare }) => killedShare >= leastShare);
  return isEnough && unexplained.length + stale.length + killed.length === 0;
}

function report({ rooms, unexplained, stale, killed }: Judgement): void {
  const rows = rooms.map((score) => [
    ...[score.room, score.tried, score.killed, score.equivalent, score.accepted],
    `${Math.floor(score.killedShare * 1000) / 10} %`,
  ]);
  print(
    renderTable(rows, {
      head: ['room', 'tried', 'killed', 'equivalent', 'accepted', 'killed of the rest'],
      align: ['left', 'right', 'right', 'right', 'right', 'right'],
    }),
  );
  for (const { file, line, original, replacement } of unexplained) {
    print(`Nobody noticed, at ${file}:${line}:`);
    print(`  original: ${JSON.stringify(asListed(original))},`);
    print(`  replacement: ${JSON.stringify(asListed(replacement))},`);
  }
  for (const survivor of stale) print(`No mutant fits any more: ${described(survivor)}`);
  for (const survivor of killed) print(`Noticed by now, so take it off the list: ${described(survivor)}`);
}

function described({ file, original, replacement }: Survivor): string {
  return `${file}: ${original} -> ${replacement}`;
}
