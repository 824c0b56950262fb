// What tasks of a page's main thread take of the CPU: whatever else runs on the machine does not count.
import type { CDPSession, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly name?: string };
  /** In microseconds, as is the next. */
  readonly dur?: number;
  /** CPU of its thread: of some short tasks the browser reports more than the time that they took. */
  readonly tdur?: number;
}

/** @returns of the longest task while the work was done, in milliseconds */
export async function longestTaskMs(page: Page, work: () => Promise<void>): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline'] },
  });
  await work();
  await endOf(cdp);
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const main = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
  );
  const tasks = events.filter((event) => event.name === 'RunTask' && main.has(threadOf(event)));
  return Math.max(0, ...tasks.map(({ dur = 0, tdur = 0 }) => Math.min(dur, tdur) / 1000));
}

async function endOf(cdp: CDPSession): Promise<void> {
  const ended = new Promise((fulfil) => cdp.once('Tracing.tracingComplete', fulfil));
  await cdp.send('Tracing.end');
  await ended;
  await cdp.detach();
}
