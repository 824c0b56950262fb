// A file that is at fault: told to its owner, and to the operator.

import { setTimeout } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { settled, upload } from '../support/client.ts';
import { truncatedPhoto } from '../support/photos.ts';
import { attributesOf, messagesIn } from '../support/queues.ts';
import type { RunningStack } from '../support/running-stack.ts';

export function faultyFileSuite(running: () => RunningStack): void {
  describe('a file that is at fault', () => {
    test('is rejected with a code, and one message tells so in the renditions DLQ', async () => {
      const imageId = await upload(running().stack.api, await truncatedPhoto());

      const image = await settled(running().stack.api, imageId);

      expect(image).toMatchObject({
        status: 'rejected',
        renditions: [],
        failure: { code: 'corrupt-image', task: 'renditions', retryable: false },
      });
      const letters: Record<string, string | undefined>[] = [];
      const look = async () =>
        letters.push(
          ...(await messagesIn(running().stack, 'darkroom-test-renditions-dlq')).map(attributesOf),
        );
      // The record is settled before the message is moved. Once it is there, a second one would follow at once.
      await vi.waitFor(async () => expect(await look()).toBeGreaterThan(0), {
        timeout: 10_000,
        interval: 100,
      });
      await setTimeout(500);
      await look();
      expect(letters).toEqual([
        {
          ...{ imageId, failureCode: 'corrupt-image', sourceQueue: 'darkroom-test-renditions' },
          failureMessage: image.failure?.message,
        },
      ]);
      expect(await messagesIn(running().stack, 'darkroom-test-metadata-dlq')).toEqual([]);
    });

    test('is judged by its bytes, not by its claim', async () => {
      const imageId = await upload(
        running().stack.api,
        Buffer.from('This is no picture at all. '.repeat(50)),
      );

      expect(await settled(running().stack.api, imageId)).toMatchObject({
        status: 'rejected',
        failure: { code: 'unsupported-format' },
      });
    });
  });
}
