// The two commands of a developer's day, as processes: start, and Ctrl-C.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { probePort } from '../../scripts/local/settings.ts';
import { makeFolder } from './support/engines.ts';
import { listeningPorts } from './support/listening-ports.ts';
import { programsBelow } from './support/programs-below.ts';
import { sendCall } from './support/signed-call.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await makeFolder();
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await folder.remove();
});

async function choosePorts() {
  const [apiPort, awsPort] = await Promise.all([probePort(), probePort()]);
  return { apiPort, awsPort };
}

function startService({ apiPort, awsPort }: { apiPort: number; awsPort: number }) {
  const { AWS_ENDPOINT_URL: _unset, ...environment } = process.env;
  const child = spawn(process.execPath, ['node_modules/serverless/bin/serverless.js', 'offline', 'start'], {
    env: {
      ...environment,
      DARKROOM_API_PORT: String(apiPort),
      DARKROOM_AWS_PORT: String(awsPort),
      DARKROOM_DATA_DIR: folder.path,
    },
  });
  children.push(child);
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      output.text += part;
    });
  }
  const ready = new Promise<void>((fulfil, reject) => {
    child.stdout.on('data', () => output.text.includes('Darkroom is ready') && fulfil());
    child.once('exit', () => reject(new Error(`ended before it was ready: ${output.text}`)));
  });
  // A test that expects the end before the start waits for the end instead.
  ready.catch(() => {});
  return { child, output, ready, ended: once(child, 'exit') };
}

describe('npm start', () => {
  it('says first where the page is, then where everything else is, and Ctrl-C stops it with exit code 0 and frees the ports', async () => {
    const ports = await choosePorts();
    const { child, output, ready, ended } = startService(ports);

    await ready;
    const health = await fetch(`http://127.0.0.1:${ports.apiPort}/health`);
    child.kill('SIGINT');

    expect(health.status).toBe(200);
    expect(await ended).toEqual([0, null]);
    expect(output.text.trim()).toBe(
      `Darkroom is ready: http://127.0.0.1:${ports.apiPort}\n` +
        `API http://127.0.0.1:${ports.apiPort} · AWS endpoint http://127.0.0.1:${ports.awsPort} · data and keys in ${folder.path} · Ctrl-C stops it`,
    );
    expect(await probePort(ports.apiPort)).toBe(ports.apiPort);
    expect(await probePort(ports.awsPort)).toBe(ports.awsPort);
    // SQLite removes its write-ahead log when the last connection is closed properly.
    const files = await readdir(folder.path, { recursive: true });
    expect(files.filter((file) => file.endsWith('-wal'))).toEqual([]);
  }, 30_000);

  it.runIf(process.platform === 'linux')(
    'has initialized the functions that queues lead to by the time it is ready',
    async () => {
      const { child, ready } = startService(await choosePorts());
      await ready;

      // Each has started the process that it hands originals to, which it does while it is initialized.
      expect(programsBelow(child.pid ?? 0)).toEqual(expect.arrayContaining(['metadata.ts', 'render.ts']));
    },
    30_000,
  );

  it('listens on its two ports, on loopback and nowhere else, and refuses other hosts at both', async () => {
    const ports = await choosePorts();
    const { child, ready } = startService(ports);
    await ready;

    const answers = await Promise.all(
      Object.values(ports).map((port) =>
        sendCall(`http://127.0.0.1:${port}`, {
          method: 'GET',
          path: '/health',
          headers: { host: `page.example:${port}` },
          body: '',
        }),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
    if (process.platform !== 'linux') return;
    const loopback = '0100007F';
    expect(listeningPorts(child.pid ?? 0).toSorted((left, right) => left.port - right.port)).toEqual(
      Object.values(ports)
        .toSorted((left, right) => left - right)
        .map((port) => ({ address: loopback, port })),
    );
  }, 30_000);

  it.each([
    ['apiPort', 'DARKROOM_API_PORT'],
    ['awsPort', 'DARKROOM_AWS_PORT'],
  ] as const)(
    'ends with exit code 1 and one line when its %s is taken',
    async (which, variable) => {
      const ports = await choosePorts();
      const holder = createServer();
      await new Promise<void>((fulfil) => holder.listen(ports[which], '127.0.0.1', fulfil));

      const { output, ended } = startService(ports);

      expect(await ended).toEqual([1, null]);
      expect(output.text).toBe(
        `Port ${ports[which]} is taken: free it, or set ${variable} to another port.\n`,
      );
      await new Promise((fulfil) => holder.close(fulfil));
    },
    30_000,
  );
});
