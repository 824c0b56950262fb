// The command line of chaos: its options in, its exit code out.
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from '../terminal/errors.ts';

/** @throws {UsageError} for an option that is not known or lacks its value */
export function parseOptions<C extends ParseArgsConfig>(config: C): ReturnType<typeof parseArgs<C>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

/**
 * A whole number as an option gives it.
 * @throws {UsageError} when it is none, or below the minimum
 */
export function wholeNumber(text: string, option: string, minimum = 1): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < minimum) {
    throw new UsageError(`--${option} takes a whole number of at least ${minimum}, not "${text}".`);
  }
  return number;
}

/** Runs a tool and sets the exit code. @param main answers the exit code */
export async function runTool(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.exitCode = error instanceof UsageError ? 2 : 1;
    process.stderr.write(`${(error as Error).message}\n`);
  }
}
