// A page in a real browser that has the client library beside it, as a web server would send both.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from 'playwright-core';
import { executablePath } from './foreign-page.ts';

export interface ClientPage {
  readonly page: Page;
  close(): Promise<void>;
}

interface Served {
  readonly html: string;
  /** The folder of the built package: the page finds it under `/darkroom-client/`. */
  readonly packageDir: string;
  /** Served as `/files/0`, `/files/1`… */
  readonly files?: readonly Buffer[];
}

export async function openClientPage({ html, packageDir, files = [] }: Served): Promise<ClientPage> {
  const server = createServer(async ({ url = '' }, response) => {
    const [, folder, ...rest] = url.split('/');
    if (folder === 'darkroom-client') {
      response.setHeader('content-type', 'text/javascript');
      response.end(await readFile(`${packageDir}/${rest.join('/')}`));
    } else if (folder === 'files') {
      response.setHeader('content-type', 'image/jpeg');
      response.end(files[Number(rest[0])]);
    } else {
      response.setHeader('content-type', 'text/html');
      response.end(html);
    }
  });
  await new Promise<void>((fulfil) => server.listen(0, '127.0.0.1', fulfil));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    close: async () => {
      await browser.close();
      server.close();
      server.closeAllConnections();
    },
  };
}
