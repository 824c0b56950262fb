// The text of --help, made from what a tool says of itself.
import { flagOf, type Operand, type Tool } from './command-line.ts';
import type { Option, Options } from './options.ts';
import { wrap } from './wrap.ts';

const columns = 110;
const gap = 2;

export function helpOf({ name, about, operands = [], options, notes }: Tool<Options>): string {
  const choices = operands.flatMap((operand) => Object.entries(operand.choices ?? {}));
  const flags = Object.entries(options).map(
    ([key, option]): Row => [signature(key, option), meaningOf(option)],
  );
  const rows: Row[] = [...flags, ['-h, --help', 'this text']];
  const width = Math.max(...[...choices, ...rows].map(([left]) => left.length));
  const paragraphs = [
    usageOf(name, operands, options),
    about,
    choices.map((row) => aligned(row, width)).join('\n'),
    rows.map((row) => aligned(row, width)).join('\n'),
    notes,
    'Exit codes: 0 done, 1 failed, 2 the command line was not understood.',
  ];
  return paragraphs.filter(Boolean).join('\n\n');
}

type Row = readonly [left: string, meaning: string];

function usageOf(name: string, operands: readonly Operand[], options: Options): string {
  const required = Object.entries(options).filter(([, { isRequired }]) => isRequired);
  const words = [
    ...operands.map(({ name: word, isOptional, isRepeated }) => {
      const repeated = isRepeated ? `${word}…` : word;
      return isOptional ? `[${repeated}]` : repeated;
    }),
    ...required.map(([key, option]) => signature(key, option)),
    '[options]',
  ];
  return `Usage: npm run ${name} -- ${words.join(' ')}`;
}

function signature(key: string, { placeholder }: Option<unknown>): string {
  return placeholder === undefined ? flagOf(key) : `${flagOf(key)} ${placeholder}`;
}

function meaningOf({ meaning, kind, fallback }: Option<unknown>): string {
  if (kind === undefined || fallback === undefined) return meaning;
  return `${meaning} (default: ${kind.show?.(fallback) ?? fallback})`;
}

function aligned([left, meaning]: Row, width: number): string {
  const indent = ' '.repeat(gap + width + gap);
  const lines = wrap(meaning, columns - indent.length).split('\n');
  return `${' '.repeat(gap)}${left.padEnd(width + gap)}${lines.join(`\n${indent}`)}`;
}
