// What a mutation run says: who was noticed, who was explained, and which explanations are out of date.

import { describe, expect, it } from 'vitest';
import { asListed, judge, roomOf, type Tested } from '../../../scripts/mutate/judge.ts';
import { isSampled, type Mutant } from '../../../scripts/mutate/sample.ts';
import type { Survivor } from '../../../scripts/mutate/survivors.ts';

const file = 'shared/domain/status.ts';
const survivor: Survivor = {
  ...{
    file,
    original: 'a < b',
    replacement: 'a <= b',
    isEquivalent: true,
    reason: 'they are never the same',
  },
};

function mutant(fate: Tested['fate'], changes: Partial<Tested> = {}): Tested {
  return { file, line: 1, original: 'a < b', replacement: 'a <= b', fate, ...changes };
}

describe('judge', () => {
  it('counts by room, and leaves equivalent mutants out of the share', () => {
    const tested = [
      ...[mutant('killed', { line: 2, original: 'x' }), mutant('timed out', { line: 3, original: 'y' })],
      ...[
        mutant('survived'),
        mutant('survived', { original: 'accepted' }),
        mutant('survived', { original: 'z' }),
      ],
      ...[mutant('not tried', { original: 'w' }), mutant('killed', { file: 'shared/api/a.ts' })],
    ];
    const accepted = { ...survivor, original: 'accepted', isEquivalent: false };

    const { rooms, unexplained } = judge(tested, [survivor, accepted]);

    expect(rooms).toEqual([
      { room: 'domain', tried: 5, killed: 2, equivalent: 1, accepted: 1, killedShare: 0.5 },
      { room: 'api', tried: 1, killed: 1, equivalent: 0, accepted: 0, killedShare: 1 },
    ]);
    expect(unexplained).toEqual([mutant('survived', { original: 'z' })]);
  });

  it('takes an explanation for stale when no mutant fits it, tried or not', () => {
    expect(judge([mutant('not tried')], [survivor]).stale).toEqual([]);
    expect(judge([mutant('survived', { original: 'a > b' })], [survivor]).stale).toEqual([survivor]);
    expect(judge([mutant('survived', { file: 'shared/domain/other.ts' })], [survivor]).stale).toEqual([
      survivor,
    ]);
  });

  it('does not believe that a mutant survives which was killed', () => {
    expect(judge([mutant('killed')], [survivor]).killed).toEqual([survivor]);
    expect(judge([mutant('killed'), mutant('killed')], [survivor]).killed).toEqual([survivor]);
    expect(judge([mutant('killed'), mutant('survived')], [survivor]).killed).toEqual([]);
    // Another one that looks the same may survive.
    expect(judge([mutant('killed'), mutant('not tried')], [survivor]).killed).toEqual([]);
    expect(judge([mutant('timed out')], [survivor]).killed).toEqual([]);
    expect(judge([mutant('not tried')], [survivor]).killed).toEqual([]);
  });
});

it('writes code on one line, cut where it is long', () => {
  expect(asListed('a\n  + b')).toBe('a + b');
  expect(asListed('x'.repeat(100))).toBe('x'.repeat(100));
  expect(asListed('x'.repeat(101))).toBe(`${'x'.repeat(100)}…`);
});

it('tells the room of a file', () => {
  expect(roomOf('shared/domain/events/s3-event.ts')).toBe('domain');
});

describe('a sample', () => {
  const mutants = Array.from(
    { length: 1000 },
    (_, line): Mutant => ({
      ...{ fileName: `/anywhere/shared/domain/status.ts`, mutatorName: 'StringLiteral', replacement: '""' },
      location: { start: { line, column: 1 } },
    }),
  );
  const chosen = (seed: number, share: number, of = mutants) =>
    of.filter((each) => isSampled(each, { seed, share })).map(({ location }) => location.start.line);

  it('is nothing, everything, or about the share that was asked for', () => {
    expect(chosen(1, 0)).toHaveLength(0);
    expect(chosen(1, 1)).toHaveLength(1000);
    expect(chosen(1, 0.25).length).toBeGreaterThan(200);
    expect(chosen(1, 0.25).length).toBeLessThan(300);
  });

  it('is the same for the same seed, wherever the project lies, and another for another', () => {
    const elsewhere = mutants.map((each) => ({ ...each, fileName: '/else/shared/domain/status.ts' }));

    expect(chosen(1, 0.25, elsewhere)).toEqual(chosen(1, 0.25));
    expect(chosen(2, 0.25)).not.toEqual(chosen(1, 0.25));
  });
});
