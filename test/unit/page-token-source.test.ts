import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTokenSource, type Grant, SessionEnded } from '../../web/src/session/token-source.ts';

const hourMs = 3_600_000;
const grant = (token: string, lifeMs = hourMs): Grant => ({ token, expiresAtMs: Date.now() + lifeMs });
const call = { refused: undefined };

let connection: EventTarget;
beforeEach(() => {
  vi.useFakeTimers();
  connection = new EventTarget();
});
afterEach(() => vi.useRealTimers());

const source = (first: Grant, renew: () => Promise<Grant>, onEnded = () => {}) =>
  createTokenSource(first, { renew, onEnded, connection });

describe('a token', () => {
  it('is the same one as long as it is good, and another one half a minute before it runs out', async () => {
    const renew = vi.fn(async () => grant('second'));
    const token = source(grant('first'), renew);

    expect(await token(call)).toBe('first');
    vi.advanceTimersByTime(hourMs - 31_000);
    expect(await token(call)).toBe('first');
    vi.advanceTimersByTime(2000);
    expect(await token(call)).toBe('second');
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it('is asked for once, however many calls were refused with the one before', async () => {
    const renew = vi.fn(async () => grant('second'));
    const token = source({ token: 'first', expiresAtMs: undefined }, renew);
    const refused = { refused: 'first' };

    const together = await Promise.all([token(refused), token(refused), token(refused)]);
    const late = await token(refused);

    expect([...together, late]).toEqual(['second', 'second', 'second', 'second']);
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it('is waited for while nobody answers, and asked for at once when the connection is back', async () => {
    const renew = vi.fn(async () => grant('second'));
    renew.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    renew.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    const token = source(grant('first', 0), renew);

    const asked = token(call);
    await vi.advanceTimersByTimeAsync(1001);
    expect(renew).toHaveBeenCalledTimes(2);
    connection.dispatchEvent(new Event('online'));

    expect(await asked).toBe('second');
    expect(renew).toHaveBeenCalledTimes(3);
  });

  it('that there is none of any more is said once, and calls wait', async () => {
    const ended = vi.fn();
    const token = source(grant('first', 0), () => Promise.reject(new SessionEnded()), ended);

    const calls = Promise.race([token(call), token(call)]).then(() => 'answered');
    await vi.advanceTimersByTimeAsync(hourMs);

    expect(ended).toHaveBeenCalledTimes(1);
    expect(await Promise.race([calls, Promise.resolve('waiting')])).toBe('waiting');
  });
});
