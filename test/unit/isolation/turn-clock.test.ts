import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TurnClock } from '../../../shared/imaging/isolation/turn-clock.ts';

const onSlow = vi.fn();
const onDeadline = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
});
afterEach(() => vi.useRealTimers());

it('counts the turns of an order, and not what lies between them', () => {
  const clock = new TurnClock(5_000, onSlow, onDeadline);
  for (let turn = 0; turn < 4; turn += 1) {
    const stop = clock.start();
    vi.advanceTimersByTime(1_000);
    stop();
    vi.advanceTimersByTime(60_000);
  }
  expect(onDeadline).not.toHaveBeenCalled();

  clock.start();
  vi.advanceTimersByTime(999);
  expect(onDeadline).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onDeadline).toHaveBeenCalledOnce();
});

it('tells of a slow order a second before its deadline', () => {
  new TurnClock(5_000, onSlow, onDeadline).start();
  vi.advanceTimersByTime(3_999);
  expect(onSlow).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onSlow).toHaveBeenCalledOnce();
});
