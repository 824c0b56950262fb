// What a tool prints of an error.

import { expect, test } from 'vitest';
import { messageOf } from '../../../scripts/terminal/error-message.ts';
import { OperatorError } from '../../../scripts/terminal/errors.ts';

test('is one line for what the user can put right', () => {
  expect(messageOf(new OperatorError('There is no such file.'))).toBe('There is no such file.');
});

test('names where nothing answers', () => {
  const refused = Object.assign(new Error('connect'), {
    code: 'ECONNREFUSED',
    address: '127.0.0.1',
    port: 9,
  });

  expect(messageOf(refused)).toMatch(/^Nothing answers at 127\.0\.0\.1:9\./);
  expect(messageOf(new TypeError('fetch failed', { cause: refused }))).toBe(messageOf(refused));
});

test('is the cause of what fetch throws, which itself says nothing', () => {
  const cause = Object.assign(new Error('getaddrinfo ENOTFOUND nowhere.invalid'), { code: 'ENOTFOUND' });

  expect(messageOf(new TypeError('fetch failed', { cause }))).toBe(cause.message);
});

test('begins with the name of an error of AWS', () => {
  const denied = Object.assign(new Error('not allowed'), { name: 'AccessDenied', $metadata: {} });

  expect(messageOf(denied)).toBe('AccessDenied: not allowed');
});

test('is the stack of a defect, but not of a URL that was typed wrongly', () => {
  const typed = Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' });

  expect(messageOf(new TypeError('x is not a function'))).toContain('error-message.test.ts');
  expect(messageOf(typed)).toBe('Invalid URL');
});
