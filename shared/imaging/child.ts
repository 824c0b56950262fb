// The child process's program: develops one original an order, and ends when its parent does.

import { Socket } from 'node:net';
import sharp from 'sharp';
import { PermanentFailure } from '../errors.ts';
import { type ChildReport, channelDescriptor, type RenderOrder, withoutBodies } from './child-protocol.ts';
import { develop } from './develop.ts';
import { FrameAssembler, sendFrame } from './frames.ts';

const readBufferBytes = 256 * 1024;

// One original at a time, on one core, nothing remembered between them: originals do not repeat.
sharp.concurrency(1);
sharp.cache(false);

const frames = new FrameAssembler(({ head, blocks: [original = Buffer.alloc(0)] }) => {
  void obey(original, head as RenderOrder);
});

const channel = new Socket({
  fd: channelDescriptor,
  // One buffer for every read: an original arrives in dozens, each of which would be garbage.
  onread: {
    buffer: Buffer.alloc(readBufferBytes),
    callback: (byteLength, buffer) => {
      frames.push(Buffer.from(buffer.buffer, buffer.byteOffset, byteLength));
      return true;
    },
  },
});

const report = (message: ChildReport, blocks: readonly Uint8Array[] = []): void =>
  sendFrame(channel, message, blocks);

async function obey(original: Buffer, { variants, options }: RenderOrder): Promise<void> {
  try {
    const image = await develop(original, variants, options);
    report(
      { kind: 'rendered', image: withoutBodies(image) },
      image.renditions.map(({ body }) => body),
    );
  } catch (error) {
    if (error instanceof PermanentFailure)
      report({ kind: 'rejected', code: error.code, message: error.message });
    else
      report({
        kind: 'failed',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
  }
}

// Without its parent there is nobody to work for, nor to complain to.
for (const end of ['close', 'error']) channel.once(end, () => process.exit());
report({ kind: 'ready' });
