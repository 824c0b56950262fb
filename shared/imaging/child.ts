// The child process's program: develops one original an order, and ends when its parent does.

import sharp from 'sharp';
import { PermanentFailure } from '../errors.ts';
import type { ChildReport, RenderOrder } from './child-protocol.ts';
import { develop } from './develop.ts';

// One original at a time, on one core, nothing remembered between them: originals do not repeat.
sharp.concurrency(1);
sharp.cache(false);

const report = (message: ChildReport): void => {
  // Without a callback, a parent that is gone would end this process with a stack trace.
  process.send?.(message, undefined, undefined, (error) => {
    if (error) process.exit();
  });
};

async function obey({ original, variants, options }: RenderOrder): Promise<ChildReport> {
  try {
    return { kind: 'rendered', image: await develop(original, variants, options) };
  } catch (error) {
    if (error instanceof PermanentFailure) {
      return { kind: 'rejected', code: error.code, message: error.message };
    }
    return {
      kind: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

process.on('message', (order) => {
  void obey(order as RenderOrder).then(report);
});
process.once('disconnect', () => process.exit());
report({ kind: 'ready' });
