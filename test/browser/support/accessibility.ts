// What axe-core finds wrong with a page as it is now, whatever is within its components.

import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** One line a fault: the rule, and where. None is what to expect. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
