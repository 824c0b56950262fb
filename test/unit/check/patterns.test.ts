// What the linter says of regular expressions.

import { expect, test } from 'vitest';
import { type Pattern, patternsIn, problemOf } from '../../../scripts/check/patterns.ts';

const found = (text: string) => patternsIn('file.ts', text);
const problemIn = (text: string) => problemOf(found(text)[0] as Pattern);

test('finds every literal, wherever it stands, and its line', () => {
  const text =
    'const a: RegExp = /x+/g;\nclass A { b(c = /y/): boolean { return /z/u.test(`a`) || /w/.test(c.source); } }';
  expect(found(text).map(({ line, literal }) => [line, literal?.source, literal?.flags])).toEqual([
    [1, 'x+', 'g'],
    [2, 'y', ''],
    [2, 'z', 'u'],
    [2, 'w', ''],
  ]);
  expect(found('const notOne = a / b / c; // /x/')).toEqual([]);
});

test.each([
  ['exponential', '/^(a+)+$/', 'exponential'],
  ['quadratic', String.raw`/\s+$/`, '2nd degree'],
  ['quadratic by two that overlap', String.raw`/^\d+\.?\d*x/`, '2nd degree'],
])('refuses an expression that is %s', async (_, text, complexity) => {
  expect(await problemIn(text)).toContain(complexity);
});

test.each([String.raw`/^\d+(?:\.\d*)?x/`, '/^[^,]+,/', '/a+b/y'])('lets %s pass', async (text) => {
  expect(await problemIn(text)).toBeUndefined();
});

test.each(['new RegExp(text)', 'RegExp("a")'])('refuses %s, of which nothing can be said', async (text) => {
  expect(await problemIn(text)).toContain('as the program runs');
});
