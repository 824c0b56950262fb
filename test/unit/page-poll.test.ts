// The page asks again and again only while somebody can see it.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { pollWhileVisible } from '../../web/src/operations/poll.ts';

class Tab extends EventTarget {
  hidden = false;
}

let page: Tab;
let calls: number;
const work = async () => {
  calls += 1;
};

function setHidden(hidden: boolean): void {
  page.hidden = hidden;
  page.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => {
  calls = 0;
  page = new Tab();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

it('polls at once and then with a pause, until it is stopped', async () => {
  const stop = pollWhileVisible(page, work, 2000);
  await vi.advanceTimersByTimeAsync(4100);
  stop();
  await vi.advanceTimersByTimeAsync(10_000);

  expect(calls).toBe(3);
});

it('does nothing in a hidden tab, and goes on at once when it is shown again', async () => {
  const stop = pollWhileVisible(page, work, 2000);
  await vi.advanceTimersByTimeAsync(100);
  setHidden(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls).toBe(1);

  setHidden(false);
  await vi.advanceTimersByTimeAsync(100);
  stop();

  expect(calls).toBe(2);
});

it('begins nothing anew while it waits for an answer', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = pollWhileVisible(
    page,
    async () => {
      await work();
      await promise;
    },
    2000,
  );
  setHidden(true);
  setHidden(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls).toBe(1);

  resolve();
  await vi.advanceTimersByTimeAsync(2100);
  stop();

  expect(calls).toBe(2);
});
