// What the demo says at its end.

import { expect, test } from 'vitest';
import type { Image } from '../../../client/src/client.ts';
import { summary } from '../../../scripts/demo/summary.ts';
import type { UploadedPhoto } from '../../../scripts/demo/upload-photo.ts';

const imageId = '0199a3c4-7b1e-7c2d-8f3a-0123456789ab';
const name = `${'a very long name of a photo that somebody took in the mountains '.repeat(3)}.jpeg`;

function imageWith(fields: Partial<Image>): Image {
  return { imageId, ...fields } as Image;
}

const ready: UploadedPhoto = {
  ...{ name, bytes: 4_167_727, processingSeconds: 0.2634 },
  image: imageWith({
    status: 'ready',
    metadata: {
      ...{ format: 'jpeg', width: 12_000, height: 9000, orientation: 1, hasAlpha: false, frames: 1 },
      camera: { make: 'A maker with a long name', model: 'and a model with a longer one, XXIV' },
    } as Image['metadata'] & object,
  }),
  saved: [
    {
      ...{ variant: 'medium', format: 'webp', contentType: 'image/webp', width: 800, height: 600 },
      ...{ bytes: 61_234, frames: 1, url: 'https://a.example/b', file: 'renditions/b' },
    },
  ],
};

test('tells of each photo its name, status, image ID, original and renditions, within 80 columns', () => {
  const text = summary([ready], []);

  expect(text).toContain('….jpeg: ready in 0.26 s'.slice(1));
  expect(text).toContain(`image      ${imageId}`);
  expect(text).toContain('12000×9000, 4.2 MB');
  expect(text).toContain('medium  webp  800×600     61.2 kB');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('tells where each photo is in the page, within 80 columns', () => {
  const text = summary([ready], [], 'http://127.0.0.1:3000');

  expect(text).toContain(`  image      http://127.0.0.1:3000/#/images/${imageId}\n`);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('says in words why a file is not ready, with the code behind', () => {
  const failure: Image['failure'] = {
    ...{ code: 'corrupt-image', message: 'The file is damaged or cut off.' },
    ...{ task: 'renditions', retryable: false },
  };
  const image = imageWith({ status: 'rejected', failure });

  const text = summary([{ name: 'cut.jpg', bytes: 3, saved: [], image }], []);

  expect(text).toContain('cut.jpg: rejected\n');
  expect(text).toContain('why        The file is damaged or cut off. (corrupt-image)');
});

test('says what was left out and why, and of many only how many', () => {
  const leftOut = Array.from({ length: 12 }, (_, index) => ({
    ...{ path: `/a/folder/${index}.txt`, reason: 'not a photo', isNamed: false },
  }));

  const lines = summary([], leftOut).split('\n');

  expect(lines[0]).toContain('Left out (photos end in .jpg .jpeg .png');
  expect(lines.slice(0, 3).join()).toContain('.svg)');
  expect(lines[2]).toBe('  /a/folder/0.txt: not a photo');
  expect(lines.at(-1)).toBe('  and 2 more');
});
