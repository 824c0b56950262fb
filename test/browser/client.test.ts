// The client library in a page against a server that is killed, slow and full, over a network that loses what it can.
import { describe, onTestFinished, test } from 'vitest';
import type { ClientOptions, createClient } from '../../client/src/client.ts';
import { buildPackage } from '../client/support/built-package.ts';
import { expectAllReadyOnce } from '../client/support/hard-times.ts';
import { openClientPage } from './support/client-page.ts';
import { hasBrowser } from './support/foreign-page.ts';

const html = `<!doctype html><title>Uploads</title><script type="module">
  import { createClient } from './darkroom-client/dist/client.js';
  globalThis.createDarkroomClient = createClient;
</script>`;

describe.skipIf(!hasBrowser)(
  'the client library in Chromium (skipped where /usr/bin/chromium is not)',
  () => {
    test('200 uploads end ready, and none is there twice', async () => {
      const { packageDir, remove } = await buildPackage();
      onTestFinished(remove);
      await expectAllReadyOnce(async (options, files) => {
        const { page, close } = await openClientPage({ html, packageDir, files });
        onTestFinished(close);
        return page.evaluate(uploadAll, { options, count: files.length });
      });
    }, 300_000);
  },
);

// Runs in the page.
async function uploadAll({ options, count }: { options: ClientOptions; count: number }): Promise<string[]> {
  const { createDarkroomClient } = globalThis as unknown as {
    readonly createDarkroomClient: typeof createClient;
  };
  const darkroom = createDarkroomClient(options);
  const uploads = Array.from({ length: count }, async (_, index) => {
    const file = await (await fetch(`/files/${index}`)).blob();
    const { original } = await darkroom.upload(file, { fileName: `${index}.jpg` });
    return original?.sha256 ?? 'unknown';
  });
  return Promise.all(uploads);
}
