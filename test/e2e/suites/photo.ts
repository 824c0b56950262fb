// A photo on its way: uploaded, rendered, described, fetched.

import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { download } from '../../../scripts/client/settled.ts';
import { phonePhoto, photo } from '../support/photos.ts';
import type { Running } from '../support/running.ts';

export function photoSuite(running: Running): void {
  describe('a photo', () => {
    test('becomes ready with every rendition as large as its variant says, upright and without metadata', async () => {
      const { client } = running();
      const image = await client.upload(await phonePhoto(2000, 1500), { contentType: 'image/jpeg' });

      expect(image).toMatchObject({ status: 'ready', failure: null });
      const renditions = await Promise.all(
        image.renditions.map(async ({ variant, format, url = '', bytes, width, height }) => {
          const body = await download(url);
          const found = await sharp(body).metadata();
          expect(found).toMatchObject({ format, width, height, space: 'srgb' });
          expect([found.exif, found.xmp, found.orientation]).toEqual([undefined, undefined, undefined]);
          expect(body.byteLength).toBe(bytes);
          return `${variant} ${format} ${width}x${height}`;
        }),
      );
      expect(renditions.sort()).toEqual([
        'large webp 1200x1600',
        'medium jpeg 600x800',
        'medium webp 600x800',
        'small webp 240x320',
        'thumb webp 160x160',
      ]);
    });

    test('is described as it is displayed', async () => {
      const file = await phonePhoto(1000, 750);
      const { client } = running();

      const image = await client.upload(file, { contentType: 'image/jpeg' });

      expect(image.original).toMatchObject({ contentType: 'image/jpeg', bytes: file.byteLength });
      expect(image.metadata).toMatchObject({
        ...{ format: 'jpeg', width: 750, height: 1000, orientation: 6, hasAlpha: false, frames: 1 },
        capturedAt: '2024-06-01T12:00:00+02:00',
        camera: { make: 'Darkroom', model: 'Pocket' },
        location: { latitude: expect.closeTo(-33.86, 3), longitude: expect.closeTo(151.21, 3) },
      });
      expect(image.placeholder).toEqual({
        thumbHash: expect.stringMatching(/^[\w+/]+=*$/),
        dominantColor: expect.stringMatching(/^#[0-9a-f]{6}$/),
      });
      expect(image.perceptualHash).toMatch(/^[0-9a-f]{16}$/);
    });

    test('comes all the way by the README’s own commands', async () => {
      const readme = await readFile('README.md', 'utf8');
      const [, commands = ''] = /run this block as it is\. -->\n```bash\n([\s\S]*?)```/.exec(readme) ?? [];
      const cwd = join(running().folder, 'readme');
      await mkdir(cwd, { recursive: true });
      await writeFile(join(cwd, 'photo.jpg'), await photo(2400, 1600));
      const { port } = new URL(running().api);

      const { stdout, stderr } = await promisify(execFile)('bash', ['-c', commands], {
        cwd,
        env: { ...process.env, DARKROOM_API_PORT: port, TOKEN: await running().tokenOf() },
      });

      expect(stderr).toBe('');
      expect(stdout).toContain("status: 'ready'");
      expect(await sharp(join(cwd, 'medium.jpg')).metadata()).toMatchObject({ width: 800, height: 533 });
    });
  });
}
