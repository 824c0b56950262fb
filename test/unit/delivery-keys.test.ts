// The keys that a stage's URLs are signed with: made once, replaced in three steps, none of which refuses a URL in use.

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { expect, it } from 'vitest';
import { afterStep, type KeyFile, nextStep } from '../../scripts/delivery-keys/key-file.ts';
import { makeKeyPair } from '../../scripts/delivery-keys/key-pair.ts';

const key = (id: string) => ({ id, publicKey: `PEM of ${id}` });

function advance(file: KeyFile | undefined, made: string, isRotation = true): KeyFile | undefined {
  return afterStep(file, nextStep(file, isRotation), key(made));
}

it('a stage without keys gets one, which is trusted and signs', () => {
  expect(advance(undefined, 'one', false)).toEqual({ signing: 'one', keys: [key('one')] });
});

it('a stage that has a key is left as it is, unless the key is to be replaced', () => {
  const file = advance(undefined, 'one');

  expect(nextStep(file, false)).toEqual({ kind: 'nothing' });
  expect(advance(file, 'two', false)).toBe(file);
});

it('a key is replaced in three steps: both are trusted before the new one signs, and while the old URLs live', () => {
  const first = advance(undefined, 'one');
  const both = advance(first, 'two');
  const signing = advance(both, 'none');
  const last = advance(signing, 'none');

  expect(both).toEqual({ signing: 'one', keys: [key('one'), key('two')] });
  expect(signing).toEqual({ signing: 'two', keys: [key('one'), key('two')] });
  expect(last).toEqual({ signing: 'two', keys: [key('two')] });
  expect(advance(last, 'three')).toEqual({ signing: 'two', keys: [key('two'), key('three')] });
});

it('a key pair is of RSA and 2048 bits, and its private half fits into a function’s environment in one line', () => {
  const { id, publicKey, privateKey } = makeKeyPair();

  expect(id).toMatch(/^[0-9a-f]{8}$/);
  expect(createPublicKey(publicKey).asymmetricKeyDetails?.modulusLength).toBe(2048);
  const own = createPrivateKey({
    ...{ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' },
  });
  expect(
    createPublicKey(own.export({ type: 'pkcs8', format: 'pem' })).export({ type: 'spki', format: 'pem' }),
  ).toBe(publicKey);
  expect(privateKey).toMatch(/^[A-Za-z0-9+/=]{1600,2000}$/);
});
