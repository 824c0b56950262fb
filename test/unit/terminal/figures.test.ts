// Figures, tables and lines as people read them.

import { expect, test } from 'vitest';
import { formatCamera } from '../../../scripts/terminal/camera.ts';
import { formatBytes, formatDollars, formatDuration } from '../../../scripts/terminal/figures.ts';
import { renderTable } from '../../../scripts/terminal/table.ts';
import { wrap } from '../../../scripts/terminal/wrap.ts';

test.each([
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
])('writes %i bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [-1, '0 s'],
  [59_400, '59 s'],
  [60_000, '1 min'],
  [7_500_000, '2 h 5 min'],
  [86_460_000, '1 d'],
])('writes %i milliseconds as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test.each([
  [0, '$0.00'],
  [0.009, 'less than $0.01'],
  [0.01, '$0.01'],
])('writes %f dollars as %s', (dollars, text) => {
  expect(formatDollars(dollars)).toBe(text);
});

test('names the maker of a camera once', () => {
  expect(formatCamera({ make: 'Canon', model: 'Canon EOS 5D' })).toBe('Canon EOS 5D');
  expect(formatCamera({ make: 'Apple', model: 'iPhone XS' })).toBe('Apple iPhone XS');
  expect(formatCamera(undefined)).toBe('');
});

test('breaks lines between words, and within a word that is longer than a line', () => {
  expect(wrap('one two three', 7)).toBe('one two\nthree');
  expect(wrap('abcdefgh', 3)).toBe('abc\ndef\ngh');
});

test('aligns the columns of a table, without colors where there is no terminal', () => {
  expect(
    renderTable(
      [
        ['a', 1],
        ['b', 10],
      ],
      { head: ['name', 'files'], align: ['left', 'right'] },
    ),
  ).toBe(
    [
      '┌──────┬───────┐',
      '│ name │ files │',
      '├──────┼───────┤',
      '│ a    │     1 │',
      '│ b    │    10 │',
      '└──────┴───────┘',
    ].join('\n'),
  );
});
