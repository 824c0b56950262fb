// Two hundred uploads by the client library to a stack that is killed meanwhile, over a bad network: what becomes of them.

import { createHash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect } from 'vitest';
import { randomNumbers } from '../../../scripts/random/seeded.ts';
import { freePorts, type RunningStack, startStack } from '../../../scripts/stack/running-stack.ts';
import { removeStackFolder } from '../../support/stack-folder.ts';
import { mishaps, randomMishaps, startBadNetwork } from './bad-network.ts';

const uploads = 200;
/** Files sent when everything is killed. */
const killedAfter = 100;
const parameters = { uploadExpirySeconds: 3, visibilityTimeoutSeconds: 15, workerTimeoutSeconds: 15 };
const outliveMilliseconds = 3500;

/** Uploads these files. @returns the SHA-256 of each image's original, in hex */
export type UploadAll = (
  options: { readonly api: string; readonly token: string },
  files: readonly Buffer[],
) => Promise<readonly string[]>;

/** @throws {Error} unless each is ready in the end, and none is there twice */
export async function expectAllReadyOnce(uploadAll: UploadAll): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-client-'));
  const ports = await freePorts();
  const start = () => startStack({ folder, ports, parameters });
  const random = randomNumbers(12);
  const files = await Promise.all(Array.from({ length: uploads }, (_, index) => picture(index)));
  const expected = files.map((file) => createHash('sha256').update(file).digest('hex')).sort();
  let stack = await start();
  const network = await startBadNetwork({
    ...{ apiPort: ports.api, s3Port: ports.aws, outliveMilliseconds, next: randomMishaps(random) },
  });
  try {
    const uploaded = uploadAll({ api: network.url, token: await stack.tokenOf() }, files);
    const restarted = network.whenSent(killedAfter).then(async () => {
      await stack.kill();
      stack = await start();
    });
    const [hashes] = await Promise.all([uploaded, restarted]);

    expect([...hashes].sort()).toEqual(expected);
    expect(await readyOriginals(stack)).toEqual(expected);
    for (const mishap of mishaps) expect(network.counts[mishap], mishap).toBeGreaterThan(0);
  } finally {
    await network.close();
    await stack.kill();
    await removeStackFolder(folder);
  }
}

/** What has arrived and was not deleted. */
async function readyOriginals({ client }: RunningStack): Promise<string[]> {
  const hashes: string[] = [];
  for await (const { original } of client.images.list({ pageSize: 100 })) {
    if (original) hashes.push(original.sha256 ?? 'unknown');
  }
  return hashes.sort();
}

function picture(index: number): Promise<Buffer> {
  const background = { r: index, g: 255 - index, b: (index * 7) % 256 };
  return sharp({ create: { width: 320, height: 240, channels: 3, background } })
    .jpeg()
    .withExif({ IFD0: { ImageDescription: `Picture ${index}` } })
    .toBuffer();
}
