// Advisories that were looked up: which of them apply, whose nobody has looked up, and when that is too long ago.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type AdvisorySnapshot,
  advisoryFindings,
  isBlocking,
} from '../../../scripts/check/advisory-rules.ts';
import { type LockFile, shippedModules } from '../../../scripts/check/license-rules.ts';

const advisory = { id: 'GHSA-1', module: 'decoder', severity: 'high', title: 'overflow' } as const;
const snapshot: AdvisorySnapshot = {
  readOn: '2026-11-01',
  source: 'https://example.com',
  modules: ['decoder', '@scope/*'],
  advisories: [{ ...advisory, vulnerable: '<1.2.3 || >=2.0.0 <2.0.1' }],
};
const now = new Date('2026-11-02T12:00:00Z');
const found = (name: string, version: string, from: AdvisorySnapshot = snapshot) =>
  advisoryFindings(from, [{ name, version }], now);

describe('an advisory', () => {
  it.each(['0.1.0', '1.2.2', '2.0.0'])('applies to a release in its range, and blocks: %s', (version) => {
    const findings = found('decoder', version);

    expect(findings.open).toMatchObject([{ id: 'GHSA-1', version }]);
    expect(isBlocking(findings)).toBe(true);
  });

  it.each(['1.2.3', '1.9.9', '2.0.1'])('does not apply to a release outside it: %s', (version) => {
    const findings = found('decoder', version);

    expect(findings.open).toEqual([]);
    expect(isBlocking(findings)).toBe(false);
  });

  it.each([
    ['low', false],
    ['moderate', false],
    ['high', true],
    ['critical', true],
  ] as const)('of %s severity blocks: %s', (severity, blocks) => {
    const advisories = [{ ...advisory, severity, vulnerable: '*' }];

    expect(isBlocking(found('decoder', '1.0.0', { ...snapshot, advisories }))).toBe(blocks);
  });

  it('that is accepted with a reason is told of, and does not block', () => {
    const advisories = [{ ...advisory, vulnerable: '*', accepted: 'this build is without it' }];
    const findings = found('decoder', '1.0.0', { ...snapshot, advisories });

    expect(findings).toMatchObject({ open: [], accepted: [{ id: 'GHSA-1' }] });
    expect(isBlocking(findings)).toBe(false);
  });
});

describe('a module', () => {
  it('whose advisories nobody has looked up blocks', () => {
    const findings = found('newcomer', '1.0.0');

    expect(findings.unread).toEqual(['newcomer']);
    expect(isBlocking(findings)).toBe(true);
  });

  it('is looked up with its scope', () => {
    expect(found('@scope/part', '1.0.0').unread).toEqual([]);
    expect(found('@scopes/part', '1.0.0').unread).toEqual(['@scopes/part']);
  });
});

it('the age is told in days', () => {
  expect(found('decoder', '1.2.3').ageDays).toBe(1);
});

describe('the advisories that were committed', () => {
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
  const committed: AdvisorySnapshot = read('scripts/check/advisories.json');
  const lockFile: LockFile = read('package-lock.json');

  it('block nothing that ships, and were looked up for all of it', () => {
    const findings = advisoryFindings(committed, shippedModules(lockFile), new Date());

    expect(findings.open).toEqual([]);
    expect(findings.unread).toEqual([]);
  });

  it('are of modules that are looked up, each with a reason where it is accepted', () => {
    for (const { id, module, accepted } of committed.advisories) {
      const { unread } = advisoryFindings(committed, [{ name: module, version: '1.0.0' }], new Date());
      expect(unread, id).toEqual([]);
      expect(accepted ?? 'no release to accept', id).toMatch(/\w{2,} \w+/);
    }
  });
});
