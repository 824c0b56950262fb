// What a run of chaos prints for people, and whether all is well.
import { print } from '../terminal/print.ts';
import type { FaultRunResult } from './fault-run.ts';
import { accounted, renderLedger } from './ledger.ts';
import type { Finding } from './soak-scenarios.ts';
import type { ToolKills } from './tool-run.ts';

/** Of differences; `--json` has them all. */
const maxShown = 10;

/** Whether uploads = ready + rejected (with a message among the rejections) + failed (in a DLQ), and every image became what its file becomes. */
export function isBalanced(
  { counts, withoutDeadLetter, differences, unexplained }: FaultRunResult,
  uploads: number,
): boolean {
  const sum = accounted.reduce((total, status) => total + (counts.get(status) ?? 0), 0);
  const isExplained = unexplained.length === 0;
  return sum === uploads && withoutDeadLetter.length === 0 && differences.length === 0 && isExplained;
}

export function printFaultRun(result: FaultRunResult, uploads: number): void {
  const { counts, withoutDeadLetter, differences, failedThenRedriven, kills, duplicates, faults } = result;
  const happened = Object.entries(faults).map(([fault, count]) => `${count} ${fault}`);
  print(`${kills} kills of the whole stack, ${duplicates} repeated events; calls: ${happened.join(', ')}.`);
  print(renderLedger(counts, uploads));
  print(`${failedThenRedriven} failed and were redriven.`);
  for (const imageId of withoutDeadLetter) print(`NOT PUT ASIDE ${imageId}`);
  print(`${differences.length} differ from what their file becomes without faults.`);
  for (const { imageId, file, expected, found } of differences.slice(0, maxShown)) {
    print(`DIFFERENT ${imageId} (${file})\n  expected ${expected}\n  found    ${found}`);
  }
  const { traced, unexplained } = result;
  print(`${traced} traced, ${unexplained.length} of whose lines do not explain what was done to them.`);
  for (const { imageId, flaw } of unexplained) print(`NOT EXPLAINED ${imageId}: ${flaw}`);
  const isAccounted = isBalanced(result, uploads);
  print(isAccounted ? 'Every upload is accounted for.' : 'THE LEDGER DOES NOT BALANCE.');
}

export function printFinding({ line, flaws }: Finding): void {
  print(`${flaws.length === 0 ? 'ok  ' : 'BAD '} ${line}`);
  for (const flaw of flaws) print(`     ${flaw}`);
}

/** Whether no message is lost, no object missed, and no cap exceeded. */
export function isSound({ redrive, backfill }: ToolKills): boolean {
  const isWithinCap = backfill.publishedWithinCap <= backfill.cap;
  return redrive.lost.length === 0 && backfill.missed.length === 0 && isWithinCap;
}

export function printToolKills({ redrive, backfill }: ToolKills): void {
  const { objects, missed, repeated, publishedWithinCap, cap } = backfill;
  print(
    `redrive, killed ${redrive.kills} times over ${redrive.messages} messages: ${redrive.lost.length} lost.`,
  );
  print(
    `backfill, killed ${backfill.kills} times over ${objects} objects: ${missed.length} missed, ` +
      `${repeated} published twice; ${publishedWithinCap} published under a cap of ${cap}.`,
  );
}
