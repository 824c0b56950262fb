// How far a backfill has come, on disk: a kill at any moment leaves either the old file or the new one.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { OperatorError } from '../terminal/errors.ts';

const schema = z.object({
  /** What the backfill is of: another one must not go on from here. */
  stage: z.string(),
  bucket: z.string(),
  prefix: z.string(),
  isStale: z.boolean(),
  /** Everything up to and including this key is dealt with. */
  startAfter: z.string(),
  /** Messages that are published or were about to be: never fewer than really were. */
  spent: z.number().int().nonnegative(),
});

export type Checkpoint = z.infer<typeof schema>;
export type Job = Omit<Checkpoint, 'startAfter' | 'spent'>;

/**
 * The checkpoint in the file, or a fresh one where there is no file.
 * @throws {OperatorError} when the file is of another backfill, or is none
 */
export function readCheckpoint(file: string, job: Job): Checkpoint {
  const text = readIfPresent(file);
  if (text === undefined) return { ...job, startAfter: '', spent: 0 };
  const parsed = schema.safeParse(jsonOrUndefined(text));
  if (!parsed.success) throw new OperatorError(`${file} is not a checkpoint of a backfill.`);
  const { startAfter, spent, ...checkpointed } = parsed.data;
  const differences = (Object.keys(job) as (keyof Job)[]).filter((key) => checkpointed[key] !== job[key]);
  if (differences.length > 0) {
    const described = differences.map((key) => `${key} ${JSON.stringify(checkpointed[key])}`).join(', ');
    throw new OperatorError(
      `${file} is of another backfill (${described}): name another file, or delete this one to begin anew.`,
    );
  }
  return { ...job, startAfter, spent };
}

export function writeCheckpoint(file: string, checkpoint: Checkpoint): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(checkpoint, undefined, 2)}\n`, { flush: true });
  renameSync(draft, file);
}

export function deleteCheckpoint(file: string): void {
  rmSync(file, { force: true });
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
