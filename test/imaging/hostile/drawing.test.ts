import { describe, expect, it } from 'vitest';
import { bufferSource } from '../../../shared/imaging/inspect/byte-source.ts';
import { defaultLimits } from '../../../shared/imaging/inspect/limits.ts';
import { render } from '../../../shared/imaging/render/render.ts';
import { whole } from '../samples.ts';
import { drawingKinds } from './drawing-kinds.ts';

/** Ten times what the worst kind takes on a laptop. */
const maxCpuMs = 2_000;

describe.each(drawingKinds.map((kind) => [kind.name, kind] as const))('a drawing %s', (_, kind) => {
  it.each(kind.sizes)('of size %i is refused before it is drawn', async (size) => {
    const file = kind.file(size);
    const before = process.cpuUsage();
    await expect(render(bufferSource(file), whole(1600), defaultLimits)).rejects.toMatchObject({
      name: 'PermanentFailure',
      code: kind.code,
    });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(maxCpuMs);
  });
});
