// The client library in Node against a server that is killed, slow and full, over a network that loses what it can.

import { test } from 'vitest';
import { createClient } from '../../client/src/client.ts';
import { expectAllReadyOnce } from './support/hard-times.ts';

test('200 uploads end ready, and none is there twice', async () => {
  await expectAllReadyOnce(async (options, files) => {
    const darkroom = createClient({ ...options, concurrency: 8 });
    const images = await Promise.all(
      files.map((file) => darkroom.upload(file, { contentType: 'image/jpeg' })),
    );
    return images.map(({ original }) => original?.sha256 ?? 'unknown');
  });
}, 300_000);
