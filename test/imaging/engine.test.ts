import { spawnSync } from 'node:child_process';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PermanentFailure, TransientFailure } from '../../shared/domain/errors.ts';
import { variants } from '../../shared/domain/variants.ts';
import type { ImagingEngine } from '../../shared/imaging/contract.ts';
import { createImagingEngine, type ImagingEngineOptions } from '../../shared/imaging/engine.ts';
import { childIds } from './children.ts';
import { landscape, quarters, whole } from './samples.ts';

/** Minutes of blurring: allowed by these limits, so that only the deadline can end it. */
const endless = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="3000"><filter id="f">${'<feGaussianBlur stdDeviation="90"/>'.repeat(2000)}</filter><rect width="3000" height="3000" filter="url(#f)"/></svg>`,
);
const lenient = { maxSvgFilterPrimitives: 1e9 };

describe('the imaging engine', () => {
  let engine: ImagingEngine;
  const start = (options: ImagingEngineOptions = {}) => {
    engine = createImagingEngine(options);
    return engine;
  };
  afterEach(() => engine.close());

  it('renders every variant in every one of its formats', async () => {
    const { renditions } = await start().render(await landscape(900, 600).jpeg().toBuffer(), variants);
    const shapes = renditions.map(
      ({ variant, format, width, height }) => `${variant} ${format} ${width}x${height}`,
    );
    expect(shapes.sort()).toEqual([
      'large webp 900x600',
      'medium jpeg 800x533',
      'medium webp 800x533',
      'small webp 320x213',
      'thumb webp 160x160',
    ]);
  });

  it('kills a decode at its deadline, and develops the next original in a new process', async () => {
    start({ deadlineMs: 2_000, limits: lenient });
    const picture = await quarters().png().toBuffer();
    await engine.render(picture, whole(16));
    const [first] = childIds();
    await expect(engine.render(endless, whole(3000))).rejects.toMatchObject({
      name: 'PermanentFailure',
      code: 'too-expensive',
    });
    await expect(engine.render(picture, whole(16))).resolves.toBeDefined();
    // A killed process is listed until the system has taken its memory back.
    if (first !== undefined) await vi.waitFor(() => expect(childIds()).not.toContain(first));
  });

  it('leaves the neighbors of a killed decode untouched', async () => {
    start({ concurrency: 2, deadlineMs: 3_000, limits: lenient });
    const picture = await quarters().png().toBuffer();
    const [killed, ...neighbors] = await Promise.allSettled([
      engine.render(endless, whole(3000)),
      ...Array.from({ length: 8 }, () => engine.render(picture, whole(16))),
    ]);
    expect(killed).toMatchObject({ status: 'rejected', reason: { code: 'too-expensive' } });
    expect(neighbors.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'fulfilled'));
  });

  it.skipIf(process.platform !== 'linux')('kills a decode at its memory ceiling', async () => {
    start({ memoryCeilingMb: 100 });
    const interlaced = await landscape(6000, 5000).png({ progressive: true, compressionLevel: 1 }).toBuffer();
    await expect(engine.render(interlaced, whole(3000))).rejects.toMatchObject({ code: 'too-expensive' });
  });

  it('takes a process that dies once for an accident, and one that dies twice for the fault of the file', async () => {
    start({ childEntry: new URL('./dying-child.ts', import.meta.url) });
    await expect(engine.render(Buffer.from('die'), [])).rejects.toMatchObject({
      name: 'PermanentFailure',
      code: 'corrupt-image',
    });
  });

  it('takes what is no fault of the file for a transient failure', async () => {
    start();
    const original = await quarters().png().toBuffer();
    await expect(engine.render(original, [])).rejects.toBeInstanceOf(TransientFailure);
  });

  it('never blames a file for a process that does not start', async () => {
    start({ childEntry: new URL('./unstartable-child.ts', import.meta.url) });
    await expect(engine.render(Buffer.from('x'), whole(16))).rejects.toMatchObject({
      name: 'TransientFailure',
      code: 'internal',
    });
  });

  it('replaces a process after the originals it is meant for', async () => {
    start({ recycleAfterImages: 2 });
    const picture = await quarters().png().toBuffer();
    const seen = new Set<number>();
    for (let count = 0; count < 5; count += 1) {
      await engine.render(picture, whole(16));
      for (const id of childIds()) seen.add(id);
    }
    if (process.platform === 'linux') expect(seen.size).toBeGreaterThanOrEqual(3);
  });

  describe('with processes that tell who they are', () => {
    const photo = Buffer.from('\xff\xd8\xff', 'latin1');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const startTelling = (options: ImagingEngineOptions = {}) =>
      start({ ...options, childEntry: new URL('./telling-child.ts', import.meta.url) });
    const processOf = (original: Buffer, ownerId?: string) =>
      engine
        .render(original, [], { ...(ownerId !== undefined && { ownerId }) })
        .catch(({ message }: Error) => Number(message));

    it('lets one process serve owner after owner', async () => {
      startTelling();
      const [one, other] = [await processOf(photo, 'ann'), await processOf(photo, 'bob')];
      expect(other).toBe(one);
    });

    it('lets no process serve two owners where they are separated', async () => {
      startTelling({ separatesOwners: true });
      const owners = ['ann', 'ann', 'bob', 'bob', 'ann', 'carl'];
      const processes: unknown[] = [];
      for (const owner of owners) processes.push(await processOf(photo, owner));
      expect(processes[1]).toBe(processes[0]);
      expect(processes[3]).toBe(processes[2]);
      expect(new Set(processes).size).toBe(4);
    });

    it('lets a process read nothing after an SVG, and has the next one ready', async () => {
      startTelling();
      const first = await processOf(photo);
      expect(await processOf(svg)).toBe(first);
      const waiting = childIds();
      const next = await processOf(photo);
      expect(next).not.toBe(first);
      if (process.platform === 'linux') expect(waiting).toContain(next);
      expect(await processOf(photo)).toBe(next);
    });
  });

  it('gives its processes none of its own environment', async () => {
    process.env['DARKROOM_TEST_SECRET'] = 'secret';
    start({
      childEntry: new URL('./environment-child.ts', import.meta.url),
      childEnvironment: { GIVEN: 'yes' },
    });
    const answer = await engine.render(Buffer.from('x'), []).catch((error: Error) => error.message);
    expect(answer).toContain('"GIVEN":"yes"');
    expect(answer).not.toContain('secret');
    // The shell that sets the kernel's limits makes these itself.
    const ofTheShell = new Set(['PWD', 'OLDPWD', 'SHLVL', '_']);
    const inherited = Object.keys(process.env).filter((name) => answer.toString().includes(`"${name}":`));
    expect(inherited.filter((name) => !ofTheShell.has(name))).toEqual([]);
  });

  it('refuses an original that is too large before handing it on', async () => {
    start({ limits: { maxBytes: 10 } });
    await expect(engine.render(Buffer.alloc(11), whole(16))).rejects.toEqual(
      new PermanentFailure('too-large', '11 bytes; at most 10 are accepted'),
    );
  });

  it('lets libvips read no format that is not accepted', async () => {
    const folder = await mkdtempDisposable(join(tmpdir(), 'darkroom-loaders-'));
    const file = join(folder.path, 'picture.v');
    await quarters().toFile(file);
    const runtime = new URL('../../shared/imaging/render/runtime.ts', import.meta.url);
    const program = `
      import { createRequire } from 'node:module';
      const sharp = createRequire('${runtime}')('sharp');
      const read = () => sharp('${file}').metadata().then(({ format }) => format, () => 'refused');
      console.log(await read());
      (await import('${runtime}')).configureSharp();
      console.log(await read(), sharp.concurrency());`;
    start();
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program]);
    await folder.remove();
    expect(`${stdout}${stderr}`).toBe('vips\nrefused 1\n');
  });

  it('does not load the HEIC decoder for other formats', async () => {
    const picture = await quarters().png().toBuffer();
    const render = new URL('../../shared/imaging/render/render.ts', import.meta.url);
    const byteSource = new URL('../../shared/imaging/inspect/byte-source.ts', import.meta.url);
    const limits = new URL('../../shared/imaging/inspect/limits.ts', import.meta.url);
    const program = `
      import { createRequire } from 'node:module';
      const { render } = await import('${render}');
      const { bufferSource } = await import('${byteSource}');
      const { defaultLimits } = await import('${limits}');
      const original = bufferSource(Buffer.from('${picture.toString('base64')}', 'base64'));
      await render(original, ${JSON.stringify(whole(16))}, defaultLimits);
      const loaded = Object.keys(createRequire('${render}').cache);
      console.log(loaded.some((path) => path.includes('sharp')), loaded.some((path) => path.includes('libheif')));`;
    start();
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program]);
    expect(`${stdout}${stderr}`).toBe('true false\n');
  });
});
