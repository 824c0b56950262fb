// The packaged workers on Lambda's processor and Node, under user-mode emulation: a photo, a HEIC and an SVG with text become what they
// become here, with the layer of imaging where NODE_PATH says. And what their native code asks of the C libraries is what Lambda's image has.

import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileProject } from '../../scripts/local/template/compile.ts';
import { packImagingLayer } from '../../scripts/package/imaging-layer.ts';
import { installLambdaModules } from '../../scripts/package/lambda-modules.ts';
import { packFunctions } from '../../scripts/package/pack.ts';
import type { ZipFiles } from '../../scripts/package/zip.ts';
import { createS3Client } from '../../shared/aws/clients.ts';
import { statusOf } from '../../shared/domain/status.ts';
import { type Task, tasks } from '../../shared/domain/tasks.ts';
import { type Pipeline, startPipeline } from '../delivery/support/pipeline.ts';
import { hasCorpus, readCorpus } from '../imaging/corpus.ts';
import { landscape } from '../imaging/samples.ts';
import { sqsEvent } from '../support/events.ts';

/** What scripts/check/arm64-root.sh has made: `.ci/run` names it. */
const root = process.env['DARKROOM_TEST_ARM64'] ?? '';
const canEmulate = root !== '' && existsSync(join(root, 'node'));
const note = canEmulate
  ? ''
  : ' (skipped: DARKROOM_TEST_ARM64 names no folder of scripts/check/arm64-root.sh)';
const canRead = spawnSync('readelf', ['--version']).status === 0;

const serviceDir = process.cwd();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'darkroom-arm64-'));
  const modules = await installLambdaModules(serviceDir);
  const unpack = async (name: string, files: ZipFiles) => {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name, path)), { recursive: true });
      await writeFile(join(folder, name, path), content);
    }
  };
  await unpack('opt', (await packImagingLayer(serviceDir, modules)).files);
  const handlers = Object.fromEntries(tasks.map((task) => [task, `functions/${task}.handler`]));
  for (const [task, { files }] of Object.entries(await packFunctions(serviceDir, handlers)))
    await unpack(task, files);
  await writeFile(join(folder, 'invoke.cjs'), invoking);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Hands an event from stdin to a handler, as the runtime of Lambda does. */
const invoking = `
if (process.arch !== 'arm64') throw new Error('not emulated');
const chunks = [];
process.stdin.on('data', (chunk) => chunks.push(chunk)).on('end', async () => {
  const { handler } = require(process.argv[2]);
  const context = { getRemainingTimeInMillis: () => 600000, awsRequestId: 'emulated' };
  const answer = await handler(JSON.parse(Buffer.concat(chunks).toString()), context);
  process.stdout.write('\\nANSWER ' + JSON.stringify(answer) + '\\n', () => process.exit(0));
});`;

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#fff"/>
<text x="20" y="260" font-family="sans-serif" font-size="90">Darkroom 24</text></svg>`;

describe.runIf(canEmulate)(`on emulated arm64${note}`, () => {
  let pipeline: Pipeline;

  beforeAll(async () => {
    // Nothing comes back to its queue while the emulation takes its time.
    const params = { workerTimeoutSeconds: '100', visibilityTimeoutSeconds: '600' };
    pipeline = await startPipeline({ service: await compileProject({ stage: 'test', params }) });
  });
  afterAll(() => pipeline?.stop());

  const files: readonly (readonly [string, () => Promise<Uint8Array>])[] = [
    ['a JPEG', () => landscape(640, 480).jpeg().toBuffer()],
    ['an SVG with text', async () => Buffer.from(drawing)],
    ...(hasCorpus ? [['a HEIC', async () => readCorpus('formats/heic-single.heic')] as const] : []),
  ];

  it.each(files)(
    '%s gives what it gives here',
    async (_name, read) => {
      const body = await read();
      const [here, there] = [newImage(), newImage()];

      await pipeline.putOriginal(here, body);
      for (const task of tasks) await pipeline.handleBatch(task);
      await pipeline.putOriginal(there, body);
      for (const task of tasks) await handleEmulated(task);

      const records = [await pipeline.record(here), await pipeline.record(there)];
      expect(records.map(statusOf)).toEqual(['ready', 'ready']);
      const [expected, found] = records.map(({ renditions = [] }) =>
        renditions.map(({ variant, format, width, height }) => ({ variant, format, width, height })),
      );
      expect(found).toEqual(expected);
      expect(records[1]?.metadata).toEqual(records[0]?.metadata);
      const [one, other] = await Promise.all(
        records.map(({ renditions = [] }) => pixelsOf(renditions[0]?.key ?? '')),
      );
      expect(differenceOf(one as Buffer, other as Buffer)).toBeLessThan(1);
    },
    300_000,
  );

  const newImage = () => randomUUID().replace(/^(.{14})./, '$17');

  async function handleEmulated(task: Task): Promise<void> {
    pipeline.configure(task);
    const messages = await pipeline.receive(pipeline.queues[task]);
    const answer = await invoke(task, JSON.stringify(sqsEvent(messages)));
    await pipeline.settleBatch(task, messages, answer);
  }

  async function pixelsOf(Key: string): Promise<Buffer> {
    const command = new GetObjectCommand({ Bucket: pipeline.renditionsBucket, Key });
    const { Body } = await createS3Client().send(command);
    return sharp(await Body?.transformToByteArray())
      .removeAlpha()
      .raw()
      .toBuffer();
  }
});

/** Mean, of 255. */
function differenceOf(one: Buffer, other: Buffer): number {
  expect(other.length).toBe(one.length);
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length;
}

function invoke(task: Task, event: string): Promise<{ batchItemFailures: { itemIdentifier: string }[] }> {
  return new Promise((fulfil, reject) => {
    const child = spawn(
      join(root, 'node'),
      [join(folder, 'invoke.cjs'), join(folder, task, 'functions', `${task}.js`)],
      {
        env: {
          ...process.env,
          ...{ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769', POWERTOOLS_LOG_LEVEL: 'INFO' },
          // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
          NODE_PATH: join(folder, 'opt/nodejs/node_modules'),
        },
      },
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += chunk;
      });
    child.on('error', reject);
    child.on('close', () => {
      const [, answer] = /^ANSWER (.*)$/m.exec(said) ?? [];
      if (answer === undefined) reject(new Error(said));
      else fulfil(JSON.parse(answer));
    });
    child.stdin.end(event);
  });
}

/**
 * The newest version of each kind that Amazon Linux 2023 has, by its glibc 2.34 and GCC 11.
 * https://docs.aws.amazon.com/linux/al2023/ug/core-glibc.html,
 * https://gcc.gnu.org/onlinedocs/libstdc++/manual/abi.html
 */
const newest: Readonly<Record<string, readonly number[]>> = {
  GLIBC: [2, 34],
  GLIBCXX: [3, 4, 29],
  CXXABI: [1, 3, 13],
  GCC: [11, 0],
};

it.runIf(canRead)('asks of the C libraries what Lambda’s image has', async () => {
  const found = spawnSync('find', [folder, '-name', '*.node', '-o', '-name', '*.so*'], { encoding: 'utf8' });
  const libraries = found.stdout
    .trim()
    .split('\n')
    .filter((path) => path !== '');

  const needed = libraries.flatMap((path) => {
    const { stdout } = spawnSync('readelf', ['-V', '-W', path], { encoding: 'utf8' });
    return [...stdout.matchAll(/Name: ([A-Z]+)_([\d.]+)/g)].map(([, kind = '', version = '']) => ({
      path,
      kind,
      version,
    }));
  });

  expect(libraries.length).toBeGreaterThanOrEqual(2);
  expect(needed.map(({ kind }) => kind)).toContain('GLIBC');
  expect(needed.filter(({ kind, version }) => isNewer(version, newest[kind] ?? [0]))).toEqual([]);
});

function isNewer(version: string, limit: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  const differing = parts.findIndex((part, index) => part !== (limit[index] ?? 0));
  return differing !== -1 && (parts[differing] ?? 0) > (limit[differing] ?? 0);
}
