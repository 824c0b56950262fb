// The page beside an API that has as many images as are wanted, all of them generated: for what a real stack would take hours
// to be filled with. The pages of its list are those of the OpenAPI document, and its pictures are as small as pictures get.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import type { Image } from '../../../client/src/client.ts';
import { type Handle, startLoopbackServer } from '../../../scripts/local/engines/loopback-server.ts';
import { withPage } from '../../../scripts/local/page/page.ts';
import { buildPage } from '../../../scripts/web/build-page.ts';

export interface GeneratedGallery {
  readonly url: string;
  /** Paths and queries, in the order in which they were asked for. */
  readonly requests: readonly string[];
  /** The newest first: what is added is listed from then on. */
  readonly images: Image[];
  /** Requests for the list are answered 400 while it is set. */
  isBroken: boolean;
  /** Pictures are refused under the URLs that were given out until now. */
  runOut(): void;
  close(): Promise<void>;
}

const ratios = [1.5, 0.67, 1.33, 1, 1.78, 0.75, 2.4] as const;
const newest = Date.parse('2026-11-01T12:00:00Z');

/** @param index 0 is the newest of those that are there at first; the added ones are below it */
export function generatedImage(index: number, status: Image['status'] = 'ready'): Image {
  const at = newest - index * 60_000;
  const createdAt = new Date(at).toISOString();
  const time = at.toString(16).padStart(12, '0');
  const imageId = `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${(index + 1000).toString(16).padStart(12, '0')}`;
  const ratio = ratios[Math.abs(index * 5 + (index >> 3)) % ratios.length] as number;
  const width = ratio >= 1 ? 3000 : Math.round(3000 * ratio);
  const height = Math.round(width / ratio);
  const isReady = status === 'ready';
  const scaled = (longest: number) => ({
    width: Math.round(ratio >= 1 ? longest : longest * ratio),
    height: Math.round(ratio >= 1 ? longest / ratio : longest),
  });
  const rendition = (variant: string, longest: number) => ({
    ...{ variant, format: 'webp' as const, contentType: 'image/webp', frames: 1, bytes: longest * 40 },
    ...scaled(longest),
  });
  return {
    ...{ imageId, status, fileName: `IMG_${index}.jpg`, createdAt, updatedAt: createdAt },
    original: { contentType: 'image/jpeg', bytes: 4_000_000, sha256: null },
    metadata: isReady
      ? {
          ...{ format: 'jpeg', width, height, storedWidth: width, storedHeight: height },
          ...{ orientation: 1, hasAlpha: false, frames: 1 },
        }
      : null,
    placeholder: isReady ? { thumbHash: thumbHashOf(index), dominantColor: '#8a7c66' } : null,
    perceptualHash: isReady ? '00ff3c7e81c3e7ff' : null,
    renditions: isReady ? [rendition('small', 320), rendition('large', 1600)] : [],
    failure: null,
  };
}

export async function startGeneratedGallery(count: number): Promise<GeneratedGallery> {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-generated-'));
  await buildPage(process.cwd(), relative(process.cwd(), folder));
  const tiny = sharp({ create: { width: 3, height: 2, channels: 3, background: '#7d8a92' } });
  const picture = await tiny.webp().toBuffer();
  const images = Array.from({ length: count }, (_, index) => generatedImage(index));
  const requests: string[] = [];
  let generation = 0;
  const state = { isBroken: false };

  /** With URLs that work until they run out. */
  const view = (image: Image): Image => ({
    ...image,
    renditions: image.renditions.map((one) => ({
      ...one,
      url: `${server.endpoint}/pictures/${image.imageId}/${one.variant}.webp?generation=${generation}`,
    })),
  });

  const handle: Handle = (request, response) => {
    const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://gallery');
    requests.push(pathname + search);
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(body));
    };
    const [, first, imageId] = pathname.split('/');
    if (first === 'pictures') {
      const isGood = searchParams.get('generation') === String(generation);
      response.writeHead(isGood ? 200 : 403, {
        'content-type': 'image/webp',
        'cache-control': 'max-age=600',
      });
      return void response.end(isGood ? picture : undefined);
    }
    if (pathname === '/usage') return send(200, usageOf(images.length));
    if (first !== 'images') return send(404, problem(404, 'route-not-found'));
    if (imageId) {
      const image = images.find((one) => one.imageId === imageId);
      return image ? send(200, view(image)) : send(404, problem(404, 'image-not-found'));
    }
    if (state.isBroken) return send(400, problem(400, 'invalid-request'));
    const status = searchParams.get('status');
    const limit = Number(searchParams.get('limit') ?? 50);
    const cursor = searchParams.get('cursor');
    // Before what came with the cursor: the newest may have grown by others since.
    const begin = cursor === null ? 0 : images.length - Number(cursor);
    const end = Math.min(begin + limit, images.length);
    const page = images.slice(begin, end).filter((image) => status === null || image.status === status);
    send(200, {
      images: page.map(view),
      nextCursor: end < images.length ? String(images.length - end) : null,
    });
  };

  const server = await startLoopbackServer(0, 'apiPort');
  const page = {
    folder,
    storage: server.endpoint,
    config: { operations: true },
    makeToken: async () => 'token',
  };
  server.serve(withPage(page, handle));
  return Object.assign(state, {
    ...{ url: server.endpoint, requests, images },
    runOut: () => {
      generation += 1;
    },
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  });
}

function thumbHashOf(index: number): string {
  const pixels = Array.from({ length: 16 }, (_, at) => [
    (index * 37 + at * 9) % 256,
    (index * 11 + at * 5) % 256,
    (index * 3 + 90) % 256,
    255,
  ]);
  return Buffer.from(rgbaToThumbHash(4, 4, pixels.flat())).toString('base64');
}

const quota = (used: number) => ({ used, limit: 1_000_000 });
const usageOf = (images: number) => ({
  ...{ openUploads: quota(0), images: quota(images), bytes: quota(0), rejectedPerHour: quota(0) },
});
const problem = (status: number, code: string) => ({
  ...{ type: `urn:darkroom:problem:${code}`, title: 'A problem', status, code },
  ...{ detail: 'This is how the test wants it.', requestId: 'test' },
});
