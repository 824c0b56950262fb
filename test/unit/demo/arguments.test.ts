// The demo's command line.

import { expect, test } from 'vitest';
import { laptopApi, tool } from '../../../scripts/demo/arguments.ts';
import { readCommandLine } from '../../../scripts/terminal/command-line.ts';
import { UsageError } from '../../../scripts/terminal/errors.ts';

test('takes files and folders as they are, and the API from its port', () => {
  const commandLine = readCommandLine(tool, ['a.jpg', 'folder']);

  expect(commandLine?.operands).toEqual(['a.jpg', 'folder']);
  expect(commandLine?.values.api).toBeUndefined();
  expect(laptopApi({ DARKROOM_API_PORT: '3100' })).toBe('http://127.0.0.1:3100');
});

test('prefers the URL that is given, without a slash at its end', () => {
  const commandLine = readCommandLine(tool, ['--api', 'https://photos.example/v1/']);

  expect(commandLine?.values.api).toBe('https://photos.example/v1');
});

test.each([
  ['an option that does not exist', ['--fast']],
  ['a URL of another scheme', ['--api', 'ftp://photos.example']],
  ['no concurrency at all', ['--concurrency', '0']],
])('refuses %s', (_case, args) => {
  expect(() => readCommandLine(tool, args)).toThrow(UsageError);
});
