// The published uploader in pages of others: plain HTML, React and Vue, each with one photo from choosing to ready.
import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type RunningStack, startStack } from '../../../scripts/stack/running-stack.ts';
import { type BuiltPackage, buildPackage } from '../../client/support/built-package.ts';
import { removeStackFolder } from '../../support/stack-folder.ts';
import { hasBrowser } from '../support/foreign-page.ts';
import { launchBrowser, openPage, patienceMs, plainPhoto } from '../support/page.ts';

const pages = 'test/browser/page/frameworks';

let folder: string;
let stack: RunningStack;
let browser: Browser;
let built: BuiltPackage;

beforeAll(async () => {
  if (!hasBrowser) return;
  folder = await mkdtemp(join(tmpdir(), 'darkroom-frameworks-'));
  [stack, browser, built] = await Promise.all([startStack({ folder }), launchBrowser(), buildPackage()]);
});
afterAll(async () => {
  await browser?.close();
  await stack?.kill();
  await built?.remove();
  if (folder) await removeStackFolder(folder);
});

/** @param program built as a team would build it */
async function bundled(program: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(pages, program)],
    ...{ bundle: true, write: false, format: 'esm', jsx: 'automatic', logLevel: 'warning' },
    define: {
      ...{ 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'true' },
      ...{ __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
    },
    // As it would be found in their node_modules; ours leads to its source.
    alias: { 'darkroom-client/uploader': join(built.packageDir, 'dist/uploader.js') },
  });
  return outputFiles[0]?.text ?? '';
}

async function serve(html: string, script: string): Promise<string> {
  const server = createServer(({ url }, response) => {
    const isScript = url?.endsWith('.js');
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : html);
  });
  await new Promise<void>((fulfil) => server.listen(0, '127.0.0.1', fulfil));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const pageOf: Readonly<Record<string, () => Promise<{ readonly html: string; readonly script: string }>>> = {
  'plain HTML': async () => ({
    html: (await readFile(join(pages, 'plain.html'), 'utf8'))
      .replace('API', stack.api)
      .replace('TOKEN', await stack.tokenOf()),
    script: await readFile(join(built.packageDir, 'dist/uploader.js'), 'utf8'),
  }),
  React: () => withMain('react.jsx'),
  Vue: () => withMain('vue.js'),
};

async function withMain(program: string) {
  const settings = JSON.stringify({ api: stack.api, token: await stack.tokenOf() });
  const html = `<!doctype html><title>${program}</title><main></main><script>settings = ${settings}</script><script type="module" src="/page.js"></script>`;
  return { html, script: await bundled(program) };
}

describe.skipIf(!hasBrowser)('the uploader (skipped where /usr/bin/chromium is not)', () => {
  it.each(Object.keys(pageOf))(
    'works in a page of %s',
    async (name) => {
      const { html, script } = (await pageOf[name]?.()) ?? { html: '', script: '' };
      const { page, complaints } = await openPage(browser, await serve(html, script));
      const fileName = `${name}.jpg`;

      await page.locator('#choose').setInputFiles([await plainPhoto(fileName, 600, 400, '#5a7d8c')]);

      await page.getByText(`${fileName} is ready`).waitFor({ timeout: patienceMs });
      await page.getByText('1 of 1 ready').waitFor();
      expect(complaints).toEqual([]);
    },
    180_000,
  );
});
