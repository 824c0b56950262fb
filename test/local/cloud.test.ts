// The laptop cloud as a library, started from the project's own template.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { SQSEvent } from 'aws-lambda';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LaptopCloud, type LaptopCloudOptions, startLaptopCloud } from '../../scripts/local/cloud.ts';
import { probePort } from '../../scripts/local/settings.ts';
import { compileProject } from '../../scripts/local/template/compile.ts';
import type { CompiledService } from '../../scripts/local/template/types.ts';
import { countMessages, eventually, makeFolder } from './support/engines.ts';

let service: CompiledService;
let folder: Awaited<ReturnType<typeof makeFolder>>;
const clouds: LaptopCloud[] = [];

beforeAll(async () => {
  service = await compileProject({ stage: 'test' });
});

beforeEach(async () => {
  folder = await makeFolder();
});

afterEach(async () => {
  for (const cloud of clouds.splice(0)) await cloud.close();
  await folder.remove();
});

async function start(options: Partial<LaptopCloudOptions> = {}) {
  const cloud = await startLaptopCloud({ service, dataDir: folder.path, awsPort: 0, ...options });
  clouds.push(cloud);
  return cloud;
}

function portOf(cloud: LaptopCloud) {
  return Number(new URL(cloud.endpoint).port);
}

/** Starts polling and gathers what each function is invoked with. */
function gather(cloud: LaptopCloud) {
  const bodies: Record<string, string[]> = {};
  cloud.pollQueues(
    async (functionName: string, event: SQSEvent) => {
      bodies[functionName] = [...(bodies[functionName] ?? []), ...event.Records.map((record) => record.body)];
      return null;
    },
    () => {},
  );
  return bodies;
}

function upload(cloud: LaptopCloud, key: string) {
  return cloud.clients.s3.send(
    new PutObjectCommand({ Bucket: cloud.ref('OriginalsBucket'), Key: key, Body: 'bytes' }),
  );
}

describe('the laptop cloud', () => {
  it('gives every function the environment of the template, resolved, and the local endpoint with its keys', async () => {
    const cloud = await start();

    const environments = service.functions.map(({ key }) => cloud.environmentOf(key));

    for (const environment of environments) {
      expect(environment).toMatchObject({
        AWS_ENDPOINT_URL: cloud.endpoint,
        AWS_REGION: cloud.region,
        AWS_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: cloud.credentials.secretAccessKey,
      });
      for (const value of Object.values(environment)) expect(value).toEqual(expect.any(String));
    }
    expect(cloud.environmentOf('renditions')).toMatchObject({
      QUEUE_URL: cloud.ref('RenditionsQueue'),
      IMAGES_TABLE: 'darkroom-test-images',
      RENDITIONS_BUCKET: 'darkroom-test-renditions-000000000000-eu-central-1',
    });
  });

  it('brings an upload to both workers', async () => {
    const cloud = await start();
    const bodies = gather(cloud);

    await upload(cloud, 'originals/one');

    for (const name of ['darkroom-test-renditions', 'darkroom-test-metadata']) {
      await eventually(() =>
        expect(bodies[name]?.filter((body) => body.includes('originals/one'))).toHaveLength(1),
      );
    }
  });

  it('goes on where it was after a restart on another port', async () => {
    const first = await start();
    await upload(first, 'originals/kept');
    await first.close();
    clouds.pop();

    const second = await start();
    const bodies = gather(second);

    await eventually(() => {
      expect(bodies['darkroom-test-renditions']?.join()).toContain('originals/kept');
      expect(bodies['darkroom-test-metadata']?.join()).toContain('originals/kept');
    });
  });

  it('sets notifications once: a restart sends no second test event', async () => {
    const first = await start();
    const before = await countMessages(first, first.ref('RenditionsQueue'));
    await first.close();
    clouds.pop();

    const second = await start();

    expect(await countMessages(second, second.ref('RenditionsQueue'))).toEqual(before);
  });

  it('frees its port and its folder when it is closed', async () => {
    const first = await start();
    gather(first);
    const awsPort = portOf(first);
    await first.close();
    clouds.pop();

    const second = await start({ awsPort });

    expect(portOf(second)).toBe(awsPort);
  });

  it('refuses a folder that another laptop cloud has, and frees the port it had taken', async () => {
    await start();
    const awsPort = await probePort();

    await expect(start({ awsPort })).rejects.toThrow(`${folder.path} is in use by another laptop cloud`);

    expect(await probePort(awsPort)).toBe(awsPort);
  });

  it('refuses a data folder in whose place a file is', async () => {
    const dataDir = join(folder.path, 'file', 'data');
    await writeFile(join(folder.path, 'file'), '');

    await expect(start({ dataDir })).rejects.toThrow(`${dataDir} cannot be made (a file is in its place)`);
  });

  it('frees port and folder when the template cannot be provisioned', async () => {
    const awsPort = await probePort();
    const template = {
      ...service.template,
      Resources: { ...service.template.Resources, Odd: { Type: 'AWS::Odd::Thing' } },
    };

    await expect(start({ awsPort, service: { ...service, template } })).rejects.toThrow(
      'Odd (AWS::Odd::Thing)',
    );

    expect(portOf(await start({ awsPort }))).toBe(awsPort);
  });

  it('provisions another endpoint instead of its own when it is given one', async () => {
    const other = await start();
    const elsewhere = await makeFolder();
    const { endpoint, credentials } = other;

    const cloud = await start({ dataDir: `${elsewhere.path}/unused`, remote: { endpoint, credentials } });

    expect(cloud.endpoint).toBe(endpoint);
    expect(cloud.ref('RenditionsQueue')).toBe(other.ref('RenditionsQueue'));
    await expect(readFile(`${elsewhere.path}/unused/lock.sqlite`)).rejects.toThrow('ENOENT');
    await elsewhere.remove();
  });

  it('knows its template by the names of serverless.yml', async () => {
    const cloud = await start();

    expect(() => cloud.ref('NoSuchThing')).toThrow('The template has no resource NoSuchThing');
    expect(() => cloud.environmentOf('noSuchFunction')).toThrow(
      'serverless.yml has no function noSuchFunction',
    );
    expect(Object.keys(cloud.resources)).toEqual(
      expect.arrayContaining([
        'OriginalsBucket',
        'UploadsTopic',
        'RenditionsQueue',
        'ImagesTable',
        'HttpApi',
      ]),
    );
  });
});
