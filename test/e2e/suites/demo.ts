// npm run demo, as a process in a folder of its own.

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { photo, truncatedPhoto } from '../support/photos.ts';
import type { Running } from '../support/running.ts';

export function demoSuite(running: Running): void {
  describe('npm run demo', () => {
    test('uploads the photos it is given, and saves their renditions with a page to look at', async () => {
      const { api, folder, tokenOf } = running();
      const cwd = await folderOf(folder, 'demo', { 'one.jpg': await photo(900, 600) });

      const { code, stdout } = await demo(cwd, ['--api', api, '--token', await tokenOf(), 'one.jpg']);

      expect(stdout).toContain('one.jpg: ready in');
      expect(code).toBe(0);
      const page = await readFile(join(cwd, 'demo-out', 'index.html'), 'utf8');
      const pictures = [...page.matchAll(/<img src="(renditions[^"]+)"/g)].map(([, path = '']) => path);
      expect(pictures).toHaveLength(5);
      for (const path of pictures) await readFile(join(cwd, 'demo-out', path));
    });

    test('is told of at the terminal of npm start, a line an image', async () => {
      const { api, folder, tokenOf } = running();
      const files = { 'told.jpg': await photo(300, 200), 'told-cut.jpg': await truncatedPhoto() };
      const cwd = await folderOf(folder, 'demo-told', files);

      await demo(cwd, ['--api', api, '--token', await tokenOf(), ...Object.keys(files)]);

      await vi.waitFor(async () => {
        const log = await readFile(join(folder, 'stack.log'), 'utf8');
        expect(log).toMatch(/^\d\d:\d\d:\d\d {2}told\.jpg +ready {2}in \d+ ms$/m);
        expect(log).toMatch(/^\d\d:\d\d:\d\d {2}told-cut\.jpg +rejected {2}.+ \(corrupt-image\)$/m);
      }, 20_000);
    }, 60_000);

    test('ends with exit code 1 when a file is not ready, and uploads the others all the same', async () => {
      const { api, folder, tokenOf } = running();
      const files = {
        'good.jpg': await photo(300, 200),
        'cut.jpg': await truncatedPhoto(),
        'notes.txt': 'x',
      };
      const cwd = await folderOf(folder, 'demo-mixed', files);

      const { code, stdout } = await demo(cwd, [
        '--api',
        api,
        '--token',
        await tokenOf(),
        ...Object.keys(files),
      ]);

      expect(code).toBe(1);
      expect(stdout).toContain('good.jpg: ready in');
      expect(stdout).toContain('cut.jpg: rejected');
      expect(stdout).toContain('(corrupt-image)');
      expect(stdout).toContain('notes.txt: not a photo by its extension');
    });

    test('changes nothing on the disk for a path that leads nowhere', async () => {
      const { api, folder, tokenOf } = running();
      const cwd = await folderOf(folder, 'demo-mistyped', { 'one.jpg': await photo(300, 200) });
      const options = ['--api', api, '--token', await tokenOf()];
      await demo(cwd, [...options, 'one.jpg']);
      const before = await readdir(cwd, { recursive: true });

      const { code, stderr } = await demo(cwd, [...options, 'one.jpg', 'tow.jpg']);

      expect(stderr).toBe('There is no file or folder tow.jpg. See npm run demo -- --help.\n');
      expect(code).toBe(2);
      expect(await readdir(cwd, { recursive: true })).toEqual(before);
    });

    test('says that the service went away when it does', async () => {
      const { folder } = running();
      const cwd = await folderOf(folder, 'demo-alone', { 'one.jpg': await photo(300, 200) });
      // It answers that it is well, and nothing after that.
      const server = createServer((_request, response) =>
        response.end('{"status":"ok"}').socket?.destroySoon(),
      );
      server.on('request', () => server.close());
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

      const { code, stdout } = await demo(cwd, ['--api', api, '--token', 'any', 'one.jpg']);

      expect(stdout).toContain('The service went away.');
      expect(code).toBe(1);
    }, 60_000);

    test('says how to start the API when it is not up', async () => {
      const { code, stderr } = await demo(running().folder, ['--api', 'http://127.0.0.1:9']);

      expect(stderr).toBe('The API does not answer at http://127.0.0.1:9: start it with "npm start".\n');
      expect(code).toBe(1);
    });
  });
}

async function folderOf(
  parent: string,
  name: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<string> {
  const path = join(parent, name);
  await mkdir(path);
  for (const [file, content] of Object.entries(files)) await writeFile(join(path, file), content);
  return path;
}

function demo(
  cwd: string,
  args: readonly string[],
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((fulfil) => {
    const child = execFile(
      process.execPath,
      [resolve('scripts/demo.ts'), ...args],
      { cwd },
      (_failed, stdout, stderr) => fulfil({ code: child.exitCode, stdout, stderr }),
    );
  });
}
