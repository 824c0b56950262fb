// What may ship by its license.

import { expect, test } from 'vitest';
import { licenseFindings } from '../../../scripts/check/license-rules.ts';

function verdictOn(name: string, license?: string) {
  const entry = license === undefined ? {} : { license };
  return licenseFindings({ packages: { [`node_modules/${name}`]: entry } })[0]?.verdict;
}

test.each(['MIT', 'Apache-2.0', '(GPL-2.0-only OR MIT)', 'MIT AND ISC'])(
  'allows a module under %s',
  (license) => {
    expect(verdictOn('module', license)).toBe('allowed');
  },
);

test.each([
  'GPL-3.0-or-later',
  'AGPL-3.0',
  'LGPL-3.0',
  'MIT AND GPL-2.0-only',
  'SEE LICENSE IN LICENSE.md',
  undefined,
])('refuses a module under %s', (license) => {
  expect(verdictOn('module', license)).toBe('refused');
});

test('allows the LGPL to sharp’s libraries and to libheif-js alone, as separate modules', () => {
  expect(verdictOn('@img/sharp-libvips-linux-arm64', 'LGPL-3.0-or-later')).toBe('separate module');
  expect(verdictOn('libheif-js', 'LGPL-3.0')).toBe('separate module');
});

test('leaves out what only development installs', () => {
  const packages = { 'node_modules/tool': { license: 'AGPL-3.0', dev: true }, '': {} };

  expect(licenseFindings({ packages })).toEqual([]);
});

test('judges a folder of the project by its own entry, not by the link to it', () => {
  const link = { 'node_modules/own': { link: true } };

  expect(licenseFindings({ packages: link })).toEqual([]);
  expect(licenseFindings({ packages: { ...link, 'folder/own': { license: 'AGPL-3.0' } } })).toHaveLength(1);
});

test('leaves out the project itself and the packages that it is made of', () => {
  const packages = { '': { workspaces: ['client'] }, client: {}, 'node_modules/own': { link: true } };

  expect(licenseFindings({ packages })).toEqual([]);
});

test('allows what is worded in no standard way for the one module that it was read for', () => {
  const license = 'SEE LICENSE IN README.md AND LICENSE';
  expect(verdictOn('dejavu-fonts-ttf', license)).toBe('allowed');
  expect(verdictOn('module', license)).toBe('refused');
});
