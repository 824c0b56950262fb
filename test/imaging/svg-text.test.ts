import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { createImagingEngine } from '../../shared/imaging/engine.ts';
import { differenceFromGolden } from './golden.ts';
import { svg } from './hostile/svg-kinds.ts';
import { whole } from './samples.ts';

const engine = createImagingEngine();
afterAll(() => engine.close());

const words = 'Hamburgefonstiv 0123 → Ελλ Жук';
const text = (attributes: string) => `<text font-size="20" x="8" y="24" ${attributes}>${words}</text>`;
const drawing = (...lines: string[]) =>
  svg(
    lines.map((line, index) => `<g transform="translate(0 ${30 * index})">${line}</g>`).join(''),
    `width="480" height="${30 * lines.length + 10}"`,
  );

async function drawn(...lines: string[]): Promise<Uint8Array> {
  const { renditions } = await engine.render(drawing(...lines), whole(480));
  return renditions[0]?.body ?? Buffer.alloc(0);
}

const hash = (body: Uint8Array) => createHash('sha256').update(body).digest('hex');

/** Everything that a system's own fonts and their configuration lie in, emptied for one program. */
const emptied = ['/usr/share/fonts', '/etc/fonts', '/var/cache/fontconfig'];
const without = emptied
  .map((folder) => `{ [ ! -d ${folder} ] || mount -t tmpfs none ${folder}; }`)
  .join(' && ');
const canEmpty = spawnSync('unshare', ['-m', 'sh', '-c', without]).status === 0;

describe('text of an SVG', () => {
  it('is drawn, with what is asked for of weight, slant and width', async () => {
    const lines = [
      text('font-family="sans-serif"'),
      text('font-family="Arial" font-weight="bold"'),
      text('font-family="Times" font-style="italic"'),
      text('font-family="Courier New, monospace"'),
    ];
    expect(await differenceFromGolden('svg-text', await drawn(...lines))).toBeLessThan(1);
    const hashes = await Promise.all(lines.map(async (line) => hash(await drawn(line))));
    expect(new Set(hashes).size).toBe(4);
  });

  it('is never drawn in a font of the system, even where it is asked for by name', async () => {
    const families = ['DejaVu Serif', 'Noto Sans', 'Liberation Sans', 'Ubuntu', 'sans-serif'];
    const hashes = await Promise.all(
      families.map(async (family) => hash(await drawn(text(`font-family="${family}"`)))),
    );
    expect(new Set(hashes).size).toBe(1);
  });

  it.skipIf(!canEmpty)(
    `is the same on a system without fonts${canEmpty ? '' : ' (skipped: needs Linux and root, to hide those of this one)'}`,
    async () => {
      const here = await drawn(text('font-family="DejaVu Serif"'), text('font-weight="bold"'));
      const file = drawing(text('font-family="DejaVu Serif"'), text('font-weight="bold"'));
      const program = `
        import { createImagingEngine } from '${new URL('../../shared/imaging/engine.ts', import.meta.url)}';
        const engine = createImagingEngine();
        const file = Buffer.from('${file.toString('base64')}', 'base64');
        const { renditions } = await engine.render(file, ${JSON.stringify(whole(480))});
        process.stdout.write(Buffer.from(renditions[0].body).toString('base64'));
        await engine.close();`;
      const { stdout } = spawnSync('unshare', [
        '-m',
        'sh',
        '-c',
        `${without} && exec "$0" --input-type=module -e "$1"`,
        process.execPath,
        program,
      ]);
      expect(hash(Buffer.from(stdout.toString(), 'base64'))).toBe(hash(here));
    },
  );
});
