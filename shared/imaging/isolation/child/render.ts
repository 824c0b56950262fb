// The program of the process that develops originals, one an order.

import { render } from '../../render/render.ts';
import { collect, configureSharp } from '../../render/runtime.ts';
import { originalIn } from '../original-file.ts';
import { originalDescriptor, type RenderedReport, type RenderOrder } from '../protocol.ts';
import { serve } from './program.ts';

configureSharp();

serve(async ({ head }) => {
  const { byteLength, variants, limits } = head as RenderOrder;
  const { renditions, ...described } = await render(
    originalIn(originalDescriptor, byteLength),
    variants,
    limits,
  );
  // The largest is rendered first.
  const ordered = variants.flatMap(({ name, formats }) =>
    formats.flatMap((format) => renditions.filter((one) => one.variant === name && one.format === format)),
  );
  const report: RenderedReport = {
    kind: 'rendered',
    ...described,
    frames: Math.max(1, ...ordered.map(({ frames }) => frames)),
    renditions: ordered.map(({ width, height }) => ({ width, height })),
  };
  return { head: report, blocks: ordered.map(({ body }) => body) };
}, collect);
