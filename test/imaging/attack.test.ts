// From inside an imaging process: what it can reach, by attempts that are made. docs/security.md has them all.

import { beforeAll, describe, expect, it } from 'vitest';
import { attack } from '../../scripts/attack/attack.ts';
import type { Outcomes } from '../../scripts/attack/attempts.ts';

describe.runIf(process.platform === 'linux')('an imaging process in an attacker’s hands', () => {
  let node: Outcomes;
  let native: Outcomes;
  beforeAll(async () => {
    [node, native] = await Promise.all([attack('node'), attack('native')]);
  });

  it.each(['node', 'native'] as const)('finds no credentials and opens no debugger, by %s code', (code) => {
    const outcomes = { node, native }[code];
    expect(outcomes['read credentials in its own environment']).toBe('nothing to find');
    expect(outcomes['read credentials in the environment that its parent was started with']).not.toBe(
      'possible',
    );
    expect(outcomes['open a debugger in its parent']).toBe('nothing to find');
  });

  it.each(['node', 'native'] as const)('writes not a byte to any file, by %s code', (code) => {
    const outcomes = { node, native }[code];
    expect(['refused', 'a name, and no byte']).toContain(outcomes['write a file']);
    expect(outcomes['change it']).toBe('refused');
  });

  it('is refused by Node whatever it is not for', () => {
    const possible = Object.entries(node).filter(([, outcome]) => outcome === 'possible');
    expect(possible.map(([name]) => name)).toEqual([
      'read the original that it was given',
      'read the code of the function',
      // Nothing of Node's forbids these: docs/security.md has what a deployment can do.
      'end its parent',
      'connect to a server on the same machine',
    ]);
  });
});
