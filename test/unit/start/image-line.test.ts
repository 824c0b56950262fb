// What the terminal of `npm start` says of an image.

import { expect, test } from 'vitest';
import { imageLine } from '../../../scripts/start/image-line.ts';
import type { ImageEvent } from '../../../shared/domain/events/image-event.ts';

const occurredAt = '2026-11-02T09:00:00.812Z';
const arrivedAt = Date.parse(occurredAt) - 812;
const time = new Date(occurredAt).toTimeString().slice(0, 8);

function event(type: ImageEvent['type'], image: Partial<ImageEvent['image']> = {}): ImageEvent {
  const imageId = '0199a3c4-7b1e-7c2d-8f3a-0123456789ab';
  const told = { imageId, fileName: 'IMG_1.jpg', failure: null, ...image } as ImageEvent['image'];
  return { eventId: '1', type, imageId, ownerId: 'own-1', occurredAt, image: told };
}

test('says time, name, result and milliseconds of an image that is ready', () => {
  const line = imageLine(event('image.ready'), arrivedAt, false);

  expect(line).toBe(`${time}  ${'IMG_1.jpg'.padEnd(32)}  ready  in 812 ms`);
});

test('says in words why an image was rejected', () => {
  const failure: ImageEvent['image']['failure'] = {
    ...{ code: 'corrupt-image', message: 'The file is damaged or cut off.' },
    ...{ task: 'renditions', retryable: false },
  };

  const line = imageLine(event('image.rejected', { failure }), arrivedAt, false);

  expect(line).toMatch(/ rejected {2}The file is damaged or cut off\. \(corrupt-image\)$/);
});

test('names an image without a file name by its ID, and ends where nothing more is known', () => {
  const line = imageLine(event('image.deleted', { fileName: null }), undefined, false);

  expect(line).toMatch(/ 0199a3c4.*…\S{10} {2}deleted$/);
});

test('has colors where the terminal has them, and nowhere else', () => {
  const controlSequence = '\u001b[';

  expect(imageLine(event('image.ready'), arrivedAt, true)).toContain(`${controlSequence}32mready`);
  expect(imageLine(event('image.ready'), arrivedAt, false)).not.toContain(controlSequence);
});
