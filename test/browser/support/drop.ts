// Files dropped on a page, as a hand would: a browser has them from the disk, the page sees them in the event alone.
import type { Page } from 'playwright-core';
import type { ChosenFile } from './page.ts';

const path = '/dropped-files/';

/** Drops them on what the selector finds. */
export async function drop(page: Page, selector: string, files: readonly ChosenFile[]): Promise<void> {
  // Three megabytes a file are too much for the protocol: the page fetches them.
  await page.route(`**${path}*`, (route) => {
    const file = files[Number(new URL(route.request().url()).pathname.slice(path.length))];
    return route.fulfill(file ? { body: file.buffer } : { status: 404 });
  });
  const named = files.map(({ name, mimeType }) => ({ name, mimeType }));
  const transfer = await page.evaluateHandle(`(async () => {
    const transfer = new DataTransfer();
    for (const [index, { name, mimeType }] of ${JSON.stringify(named)}.entries()) {
      const blob = await (await fetch('${path}' + index)).blob();
      transfer.items.add(new File([blob], name, { type: mimeType, lastModified: 1_700_000_000_000 }));
    }
    return transfer;
  })()`);
  const target = page.locator(selector);
  for (const type of ['dragenter', 'dragover', 'drop'])
    await target.dispatchEvent(type, { dataTransfer: transfer });
  await page.unroute(`**${path}*`);
}
