// What all operator tools share at the terminal: options in, exit codes out (0 done, 1 failed, 2 not understood).
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Options that every tool takes. */
export const commonOptions = {
  stage: { type: 'string' },
  region: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options'];

export const commonHelp = `  --stage NAME      a deployed stage; without it, the laptop's (dev)
  --region NAME     its region (default: AWS_REGION, or eu-central-1)
  --json            print JSON to stdout, and no progress bar
  -h, --help        this text

Without --stage, the tool talks to the laptop cloud that \`npm start\` runs, at 127.0.0.1:DARKROOM_AWS_PORT.
AWS_ENDPOINT_URL names any other AWS-compatible endpoint. Exit codes: 0 done, 1 failed, 2 not understood.`;

/** The command was not understood: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something the operator can put right, said in one line: exit code 1. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

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

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Milliseconds of a duration such as `90s`, `15m`, `2h` or `7d`.
 * @throws {UsageError}
 */
export function duration(text: string, option: string): number {
  const [, amount, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const seconds = unitSeconds[unit];
  if (amount === undefined || seconds === undefined) {
    throw new UsageError(`--${option} takes a duration such as 90s, 15m, 2h or 7d, not "${text}".`);
  }
  return Number(amount) * seconds * 1000;
}

/** Runs a tool and sets the exit code. @param main answers the exit code */
export async function runTool(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.exitCode = error instanceof UsageError ? 2 : 1;
    process.stderr.write(`${lineFor(error)}\n`);
  }
}

function lineFor(error: unknown): string {
  if (error instanceof UsageError) return `${error.message} See --help.`;
  if (error instanceof OperatorError) return error.message;
  const { name, message } = error as Error;
  const refused = (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
  return refused
    ? 'Nothing answers at the AWS endpoint. Is `npm start` running, or AWS_ENDPOINT_URL wrong?'
    : `${name}: ${message}`;
}

/** One line, or one JSON document, to stdout. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printJson(document: unknown): void {
  print(JSON.stringify(document, undefined, 2));
}
