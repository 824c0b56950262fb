// What a browser has to fetch before the page can be used: measured, and kept within a budget.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { buildPage } from '../../scripts/web/build-page.ts';

/** Scripts that are loaded at first, compressed as CloudFront compresses where a browser takes nothing better. */
const maxGzipKilobytes = 60;

it('loads no more than 60 KB of compressed scripts at first', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-page-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { initialScripts } = await buildPage(process.cwd(), relative('', folder));
  const html = await readFile(join(folder, 'index.html'), 'utf8');

  const sizes = await Promise.all(
    initialScripts.map(async (name) => {
      const bytes = await readFile(join(folder, name));
      const kilobytes = (size: number) => size / 1000;
      return {
        ...{ name, plain: kilobytes(bytes.length), gzip: kilobytes(gzipSync(bytes).length) },
        brotli: kilobytes(brotliCompressSync(bytes).length),
      };
    }),
  );
  const sum = (of: (size: (typeof sizes)[number]) => number) =>
    sizes.reduce((all, size) => all + of(size), 0);
  for (const { name, plain, gzip, brotli } of sizes)
    console.log(`${name}: ${plain.toFixed(1)} KB, gzip ${gzip.toFixed(1)}, brotli ${brotli.toFixed(1)}`);
  console.log(
    `At first: gzip ${sum(({ gzip }) => gzip).toFixed(1)} KB, brotli ${sum(({ brotli }) => brotli).toFixed(1)} KB`,
  );

  // Whatever these import other than by `import()` is among them.
  for (const name of initialScripts) {
    const text = await readFile(join(folder, name), 'utf8');
    const imported = [...text.matchAll(/(?:from|import)"\.\/([\w-]+\.js)"/g)].map(([, file]) => file);
    expect(initialScripts).toEqual(expect.arrayContaining(imported));
    expect(text.includes('code_challenge_method')).toBe(false);
  }
  // The HTML asks for each of them, and for no other.
  expect(html.match(/[\w-]+\.js(?=")/g)?.toSorted()).toEqual(initialScripts.toSorted());
  expect(sum(({ gzip }) => gzip)).toBeLessThan(maxGzipKilobytes);
});
