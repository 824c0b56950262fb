// Sequencers: the order S3 gives to the events of one key must survive whatever form they arrive in.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  normalizeSequencer,
  padSequencer,
  unpaddedSequencer,
} from '../../../shared/domain/events/sequencer.ts';

const hexDigit = fc.constantFrom(...'0123456789ABCDEFabcdef');
const sequencer = fc.string({ unit: hexDigit, minLength: 1, maxLength: 40 });

describe('normalizeSequencer', () => {
  it('orders sequencers of different lengths as AWS prescribes: right-padded with zeros', () => {
    const older = normalizeSequencer('0055AED6DCD90281E5');
    const newer = normalizeSequencer('0055AED6DCD90281E6A1');
    const shorter = normalizeSequencer('0055AED6DCD9');

    expect([newer, older, shorter].toSorted()).toEqual([shorter, older, newer]);
  });

  it('takes lower-case and upper-case digits for the same', () => {
    expect(normalizeSequencer('00ab')).toBe(normalizeSequencer('00AB'));
  });

  it('puts "0" before every sequencer that S3 can give', () => {
    fc.assert(
      fc.property(sequencer, (given) => {
        expect(normalizeSequencer('0') <= normalizeSequencer(given)).toBe(true);
      }),
    );
  });

  it('compares as the numbers do that the padded digits spell', () => {
    const number = (text: string) => BigInt(`0x${text.padEnd(40, '0')}`);
    fc.assert(
      fc.property(sequencer, sequencer, (one, other) => {
        const asStrings = normalizeSequencer(one) < normalizeSequencer(other);
        expect(asStrings).toBe(number(one) < number(other));
      }),
    );
  });

  it('changes nothing when applied again', () => {
    fc.assert(
      fc.property(sequencer, (given) => {
        const once = normalizeSequencer(given);
        expect(normalizeSequencer(once)).toBe(once);
      }),
    );
  });
});

describe('unpaddedSequencer', () => {
  it('takes the zeros from the end, all but a last digit', () => {
    expect(unpaddedSequencer(normalizeSequencer('0055AED0'))).toBe('0055AED');
    expect(unpaddedSequencer(normalizeSequencer('0'))).toBe('0');
    expect(unpaddedSequencer('')).toBe('');
  });

  it('loses nothing', () => {
    fc.assert(
      fc.property(sequencer, (one) => {
        expect(padSequencer(unpaddedSequencer(normalizeSequencer(one)))).toBe(normalizeSequencer(one));
      }),
    );
  });

  it('leaves the order as it is', () => {
    const order = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
    fc.assert(
      fc.property(sequencer, sequencer, (one, other) => {
        const [a, b] = [normalizeSequencer(one), normalizeSequencer(other)];
        expect(order(unpaddedSequencer(a), unpaddedSequencer(b))).toBe(order(a, b));
      }),
    );
  });
});
