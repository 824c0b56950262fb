// The demo's command line.

import { expect, test } from 'vitest';
import { readArguments, UsageError } from '../../../scripts/demo/arguments.ts';

test('takes files and folders as they are, and the API from its port', () => {
  const { paths, api } = readArguments(['a.jpg', 'folder'], { DARKROOM_API_PORT: '3100' });

  expect(paths).toEqual(['a.jpg', 'folder']);
  expect(api).toBe('http://127.0.0.1:3100');
});

test('prefers the URL that is given, without a slash at its end', () => {
  const { api } = readArguments(['--api', 'https://photos.example/v1/'], { DARKROOM_API_PORT: '3100' });

  expect(api).toBe('https://photos.example/v1');
});

test.each([
  ['an option that does not exist', ['--fast']],
  ['a URL of another scheme', ['--api', 'ftp://photos.example']],
  ['no concurrency at all', ['--concurrency', '0']],
])('refuses %s', (_case, args) => {
  expect(() => readArguments(args, {})).toThrow(UsageError);
});
