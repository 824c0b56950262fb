// How much a page moves about by itself, as the platform counts it: https://web.dev/articles/cls
import type { Page } from 'playwright-core';

/** Begins to count now. */
export const watchShifts = (page: Page) =>
  page.evaluate(`window.shifts = 0;
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.shifts += value;
    }).observe({ type: 'layout-shift' });`);

/** All of it since then. */
export const shiftsOf = (page: Page) => page.evaluate('window.shifts') as Promise<number>;
