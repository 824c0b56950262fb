// How every tool reads its command line, and what it says of one that it does not understand.

import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../../scripts/terminal/command-line.ts';
import { UsageError } from '../../../scripts/terminal/errors.ts';
import { helpOf } from '../../../scripts/terminal/help.ts';
import {
  duration,
  flag,
  httpUrl,
  type Kind,
  optional,
  positiveNumber,
  required,
  text,
  wholeNumber,
  withDefault,
} from '../../../scripts/terminal/options.ts';

const tool = {
  name: 'sample',
  about: 'Does nothing.',
  operands: [
    { name: 'COMMAND', choices: { show: 'one', list: 'all' } },
    { name: 'FILE', isOptional: true, isRepeated: true },
  ],
  options: {
    bucket: required(text, 'NAME', 'which bucket'),
    maxImages: withDefault(wholeNumber(), 'N', 'how many', 1000),
    region: optional(text, 'NAME', 'where'),
    yes: flag('act'),
  },
};

const plain = { name: 'plain', about: 'Takes nothing.', options: {} };

describe('a command line', () => {
  it('gives every option its value, and the rest as operands', () => {
    const args = ['show', '--bucket', 'b', '--max-images=3', '--yes', 'one.jpg', 'two.jpg'];

    const commandLine = readCommandLine(tool, args);

    expect(commandLine?.values).toEqual({ bucket: 'b', maxImages: 3, region: undefined, yes: true });
    expect(commandLine?.operands).toEqual(['show', 'one.jpg', 'two.jpg']);
  });

  it('has the defaults of what is not given', () => {
    const commandLine = readCommandLine(tool, ['list', '--bucket', 'b']);

    expect(commandLine?.values).toEqual({ bucket: 'b', maxImages: 1000, region: undefined, yes: false });
  });

  it.each(['--help', '-h'])('asks for help with %s, whatever else is missing', (word) => {
    expect(readCommandLine(tool, [word])).toBeUndefined();
  });

  it.each([
    ['an option that there is not', ['list', '--fast'], "Unknown option '--fast'."],
    ['an option that is missing', ['list'], '--bucket is missing.'],
    ['a value that is missing', ['list', '--bucket'], "Option '--bucket <value>' argument missing."],
    ['an option for a value', ['list', '--bucket', '--yes'], 'To specify an option argument starting with'],
    ['a value for a switch', ['list', '--yes=no'], "Option '--yes' does not take an argument."],
    [
      'a value of the wrong kind',
      ['list', '--bucket', 'b', '--max-images', 'few'],
      '--max-images takes a whole',
    ],
    ['an operand that is empty', ['', '--bucket', 'b'], 'COMMAND is empty: name one of show, list.'],
    ['an operand that is missing', ['--bucket', 'b'], 'COMMAND is missing: name one of show, list.'],
    [
      'an operand that is none of the choices',
      ['fly', '--bucket', 'b'],
      'There is no COMMAND "fly": name one',
    ],
  ])('is refused in one line for %s', (_what, args, message) => {
    const read = () => readCommandLine(tool, args);

    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
    expect(read).not.toThrow('\n');
  });

  it('is refused for an operand too many', () => {
    const single = { ...plain, operands: [{ name: 'FILE' }] };

    expect(readCommandLine(single, ['one'])?.operands).toEqual(['one']);
    expect(() => readCommandLine(single, ['one', 'two'])).toThrow('Unexpected argument "two".');
    expect(() => readCommandLine(plain, ['one'])).toThrow("Unexpected argument 'one'.");
  });
});

describe('a value', () => {
  it.each<[string, Kind<unknown>, string, unknown]>([
    ['a whole number', wholeNumber(2), '2', 2],
    ['a duration of seconds', duration, '90s', 90_000],
    ['a duration of minutes', duration, '15m', 900_000],
    ['a duration of hours', duration, '2h', 7_200_000],
    ['a duration of days', duration, '7d', 604_800_000],
    ['a number above zero', positiveNumber, '0.5', 0.5],
    ['a URL, without the slash at its end', httpUrl, 'http://host:1/', 'http://host:1'],
    ['a text', text, 'x', 'x'],
  ])('is %s', (_what, kind, given, value) => {
    expect(kind.read(given)).toBe(value);
  });

  it.each<[string, Kind<unknown>, string]>([
    ['a whole number below the minimum', wholeNumber(2), '1'],
    ['a whole number above the maximum', wholeNumber(1, 5), '6'],
    ['a fraction', wholeNumber(), '1.5'],
    ['a number too large to count with', wholeNumber(), '9007199254740992'],
    ['nothing, for a number', wholeNumber(0), ''],
    ['a duration without its unit', duration, '90'],
    ['a duration of an unknown unit', duration, '90w'],
    ['zero, for a number above it', positiveNumber, '0'],
    ['infinity', positiveNumber, 'Infinity'],
    ['a URL of another scheme', httpUrl, 'ftp://host'],
    ['nothing, for a URL', httpUrl, ''],
    ['nothing, for a text', text, ''],
  ])('is not %s', (_what, kind, given) => {
    expect(kind.read(given)).toBeUndefined();
  });
});

describe('help', () => {
  it('shows how to call the tool, what it does, and each choice and option with its default', () => {
    expect(helpOf(tool)).toBe(`Usage: npm run sample -- COMMAND [FILE…] --bucket NAME [options]

Does nothing.

  show            one
  list            all

  --bucket NAME   which bucket
  --max-images N  how many (default: 1000)
  --region NAME   where
  --yes           act
  -h, --help      this text

Exit codes: 0 done, 1 failed, 2 the command line was not understood.`);
  });

  it.each([
    [14 * 86_400_000, '14d'],
    [2 * 3_600_000, '2h'],
    [900_000, '15m'],
    [90_000, '90s'],
  ])('shows a default of %i milliseconds as it would be typed, %s', (milliseconds, typed) => {
    const options = { since: withDefault(duration, 'AGE', 'how far', milliseconds) };

    expect(helpOf({ ...plain, options })).toContain(`how far (default: ${typed})`);
    expect(duration.read(typed)).toBe(milliseconds);
  });

  it('breaks a long meaning between words, below where it began', () => {
    const meaning = Array.from({ length: 30 }, () => 'word').join(' ');

    const lines = helpOf({ ...plain, options: { long: flag(meaning) } }).split('\n');

    const first = lines.findIndex((line) => line.startsWith('  --long'));
    expect(lines[first + 1]).toMatch(/^ {14}word/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
  });
});
