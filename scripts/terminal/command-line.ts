// Reads a command line by what a tool says of itself: its options, and its operands (what is named without an option).
import { parseArgs } from 'node:util';
import { UsageError } from './errors.ts';
import type { Option, Options, ValuesOf } from './options.ts';

export interface Operand {
  readonly name: string;
  readonly isOptional?: boolean;
  /** The last one may stand for any number of them. */
  readonly isRepeated?: boolean;
  /** What it can be, each with its meaning; anything, without them. */
  readonly choices?: Readonly<Record<string, string>>;
}

/** All that is known of a tool: `helpOf` and `readCommandLine` need nothing else. */
export interface Tool<Some extends Options> {
  /** As in `npm run NAME`. */
  readonly name: string;
  /** What it does, for --help. */
  readonly about: string;
  readonly operands?: readonly Operand[];
  readonly options: Some;
  /** What else a user should know, for --help. */
  readonly notes?: string;
}

export interface CommandLine<Some extends Options> {
  readonly values: ValuesOf<Some>;
  readonly operands: readonly string[];
}

/** `--max-images` for `maxImages`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * @param args as typed, without the program and the script
 * @returns undefined when help is asked for
 * @throws {UsageError} for whatever does not fit the tool
 */
export function readCommandLine<Some extends Options>(
  tool: Tool<Some>,
  args: readonly string[],
): CommandLine<Some> | undefined {
  const { values: given, positionals: operands } = parse(tool, args);
  if (given['help'] === true) return undefined;
  const values = Object.entries(tool.options).map(([name, option]) => {
    const flag = flagOf(name);
    return [name, read(flag, option, given[flag.slice(2)])] as const;
  });
  checkOperands(tool.operands ?? [], operands);
  return { values: Object.fromEntries(values) as ValuesOf<Some>, operands };
}

interface Parsed {
  /** By flag, without its dashes. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

function parse({ options, operands = [] }: Tool<Options>, args: readonly string[]): Parsed {
  const known = Object.entries(options).map(([name, { kind }]) => {
    return [flagOf(name).slice(2), { type: kind === undefined ? 'boolean' : 'string' } as const];
  });
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: operands.length > 0,
      options: { ...Object.fromEntries(known), help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    // It may go on for several lines, and on how to name a file that looks like an option.
    const [message = ''] = (error as Error).message.split('. To specify a positional');
    throw new UsageError(`${message.replaceAll('\n', ' ').replace(/\.$/, '')}.`, { cause: error });
  }
}

function read(flag: string, { kind, fallback, isRequired }: Option<unknown>, given: unknown): unknown {
  if (given === undefined && isRequired) throw new UsageError(`${flag} is missing.`);
  if (kind === undefined || typeof given !== 'string') return given ?? fallback;
  const value = kind.read(given);
  if (value === undefined) throw new UsageError(`${flag} takes ${kind.expects}, not "${given}".`);
  return value;
}

function checkOperands(operands: readonly Operand[], given: readonly string[]): void {
  const missing = operands[given.length];
  if (missing && !missing.isOptional) throw new UsageError(`${missing.name} is missing${oneOf(missing)}.`);
  for (const [index, word] of given.entries()) {
    const last = operands.at(-1);
    const operand = operands[index] ?? (last?.isRepeated ? last : undefined);
    if (operand && word === '') throw new UsageError(`${operand.name} is empty${oneOf(operand)}.`);
    if (operand === undefined) throw new UsageError(`Unexpected argument "${word}".`);
    if (operand.choices && !Object.hasOwn(operand.choices, word)) {
      throw new UsageError(`There is no ${operand.name} "${word}"${oneOf(operand)}.`);
    }
  }
}

function oneOf({ choices }: Operand): string {
  return choices ? `: name one of ${Object.keys(choices).join(', ')}` : '';
}
