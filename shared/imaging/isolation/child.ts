// The child process's program: develops one original an order, and ends when its parent does.

import { Socket } from 'node:net';
import { PermanentFailure } from '../../domain/errors.ts';
import { render } from '../render/render.ts';
import { collect, configureSharp } from '../render/runtime.ts';
import { onFrames, sendFrame } from './frames.ts';
import { originalIn } from './original-file.ts';
import {
  type ChildReport,
  channelDescriptor,
  originalDescriptor,
  type RenderOrder,
  withoutBodies,
} from './protocol.ts';

configureSharp();

const channel = new Socket({ fd: channelDescriptor });
onFrames(channel, ({ head }) => {
  // While the parent reads the report.
  void fulfill(head as RenderOrder).then(collect);
});

const report = (message: ChildReport, blocks: readonly Uint8Array[] = []): void =>
  sendFrame(channel, message, blocks);

async function fulfill({ byteLength, variants, limits }: RenderOrder): Promise<void> {
  try {
    const image = await render(originalIn(originalDescriptor, byteLength), variants, limits);
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
