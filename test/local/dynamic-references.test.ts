// Dynamic references of a template: a secret that exists is put in their place, and nothing is made up.

import { expect, it } from 'vitest';
import { resolveDynamicReferences } from '../../scripts/local/template/dynamic-references.ts';

const arn = 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:key';
const resolve = (text: string) =>
  resolveDynamicReferences(text, (asked) => (asked === arn ? 'kept' : undefined), 'functions.one.KEY');

it('replaces each reference to a whole secret, wherever it stands in a text', () => {
  const reference = `{{resolve:secretsmanager:${arn}}}`;

  expect(resolve(`${reference}, and ${reference}`)).toBe('kept, and kept');
});

it('leaves a text without one as it is', () => {
  expect(resolve('{{something}} of {its} own')).toBe('{{something}} of {its} own');
});

it.each([
  '{{resolve:secretsmanager:another}}',
  `{{resolve:secretsmanager:${arn}:SecretString:password}}`,
  `{{resolve:ssm:${arn}}}`,
])('refuses %s, and says where it stands', (reference) => {
  expect(() => resolve(reference)).toThrow(`functions.one.KEY: the laptop cloud does not know ${reference}`);
});
