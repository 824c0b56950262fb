// A file that is at fault: told to its owner, and to the operator.

import { setTimeout } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { imageOf } from '../../../scripts/client/settled.ts';
import { takeAttributes } from '../support/messages-put-aside.ts';
import { truncatedPhoto } from '../support/photos.ts';
import type { Running } from '../support/running.ts';

export function faultyFileSuite(running: Running): void {
  describe('a file that is at fault', () => {
    test('is rejected with a code, and one message among the rejections tells so', async () => {
      const { client, stage } = running();
      const image = await imageOf(client.upload(await truncatedPhoto(), { contentType: 'image/jpeg' }));

      expect(image).toMatchObject({
        status: 'rejected',
        renditions: [],
        failure: { code: 'corrupt-image', task: 'renditions', retryable: false },
      });
      const found: Record<string, string | undefined>[] = [];
      const look = async () => found.push(...(await takeAttributes(stage, stage.rejections)));
      // The record is settled before the message is moved. Once it is there, a second one would follow at once.
      await vi.waitFor(async () => expect(await look()).toBeGreaterThan(0), {
        timeout: 10_000,
        interval: 100,
      });
      await setTimeout(500);
      await look();
      expect(found).toEqual([
        {
          ...{
            imageId: image.imageId,
            failureCode: 'corrupt-image',
            sourceQueue: 'darkroom-test-renditions',
          },
          failureMessage: image.failure?.message,
        },
      ]);
      for (const { dlq } of stage.queues) expect(await takeAttributes(stage, dlq)).toEqual([]);
    });

    test('is judged by its bytes, not by its claim', async () => {
      const { client } = running();
      const text = Buffer.from('This is no picture at all. '.repeat(50));

      expect(await imageOf(client.upload(text, { contentType: 'image/jpeg' }))).toMatchObject({
        status: 'rejected',
        failure: { code: 'unsupported-format' },
      });
    });
  });
}
