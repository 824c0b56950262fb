// The backfill tool on a real bucket, table and topic: it wants the right objects and never publishes past its cap.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BackfillOptions, count, publish } from '../../scripts/backfill/backfill.ts';
import { type Job, readCheckpoint, writeCheckpoint } from '../../scripts/backfill/checkpoint.ts';
import { parseOriginalEvents } from '../../shared/domain/events/s3-event.ts';
import { imageIdOf } from '../../shared/domain/object-keys.ts';
import { variants } from '../../shared/domain/variants.ts';
import { presetRevision } from '../../shared/processing/renditions-task.ts';
import { sequencer, useOperationsCloud } from './operations-cloud.ts';
import { json, runTool } from './run-tool.ts';

const cloud = useOperationsCloud();
let buckets = 0;
let bucket: string;
let checkpointFile: string;

beforeEach(async () => {
  buckets += 1;
  bucket = `existing-${buckets}`;
  checkpointFile = join(cloud.dataDir, 'checkpoints', `${bucket}.json`);
  await cloud.stage.clients.s3.send(new CreateBucketCommand({ Bucket: bucket }));
});
afterEach(async () => {
  for (const { source } of cloud.stage.queues) await cloud.drain(source.url);
});

const keysOf = (n: number) =>
  Array.from({ length: n }, (_, index) => `photos/${String(index).padStart(3, '0')}.jpg`);

async function fill(keys: readonly string[]): Promise<void> {
  for (const key of keys) await cloud.putObject(bucket, key);
}

const job = (): Job => ({ stage: 'test', bucket, prefix: '', isStale: false });

function options(changes: Partial<BackfillOptions> = {}): BackfillOptions {
  return {
    ...{ bucket, prefix: '', pageSize: 1000, staleRevision: undefined, checkpointFile },
    ...{ rate: 100_000, concurrency: 2, maxObjects: 1000 },
    ...changes,
  };
}

const nothing = { onWave: () => {}, mayContinue: () => true };

/** From the checkpoint in the file on, as the tool does. */
function publishWanted(changes: Partial<BackfillOptions> = {}, hooks = nothing, stage = cloud.stage) {
  return publish(stage, options(changes), readCheckpoint(checkpointFile, job()), hooks);
}

/** Keys of everything that was published, as the metadata queue has it; the other queue has the same. */
async function publishedEvents() {
  const messages = await cloud.drain(cloud.queuesOf('metadata').source.url);
  return messages.flatMap(({ Body = '' }) => parseOriginalEvents(Body, cloud.stage.originalsBucket));
}
const publishedKeys = async () => (await publishedEvents()).map(({ key }) => key).toSorted();

function putRecord(key: string, changes: object) {
  return cloud.put({
    ...{
      imageId: imageIdOf(bucket, key, cloud.stage.originalsBucket),
      ownerId: 'local',
      updatedAt: new Date().toISOString(),
    },
    ...changes,
  });
}

const rendered = (revision: string, state = 'done') => ({
  sequencer,
  renditionsTask: {
    ...{ state, sequencer, revision, attemptId: 'a', messageId: 'm', receiveCount: 1, leaseUntil: 0 },
  },
});

describe('what is wanted', () => {
  it('is every object that no event was ever taken into account for, as if it had just been created', async () => {
    await fill(['a b+c%/ü.jpg', 'known.jpg', 'folder/']);
    await putRecord('known.jpg', rendered('1'));

    const found = await count(cloud.stage, options(), readCheckpoint(checkpointFile, job()), () => {});
    await publishWanted();

    // `folder/` has five bytes here, so it is an object and no marker.
    expect(found).toEqual({ wanted: 2, known: 1, archived: 0, bytes: 10 });
    expect(await publishedEvents()).toContainEqual({
      ...{ kind: 'created', bucket, key: 'a b+c%/ü.jpg', bytes: 5 },
      imageId: imageIdOf(bucket, 'a b+c%/ü.jpg', cloud.stage.originalsBucket),
      eTag: '4b3a6218bb3e3a7303e8a171a60fcf92',
      sequencer: '0'.repeat(40),
      storedAt: expect.any(Number),
    });
  });

  it('leaves out markers of empty folders, and keys with another prefix', async () => {
    await cloud.putObject(bucket, 'photos/', '');
    await fill(['photos/1.jpg', 'papers/1.pdf']);

    await publishWanted({ prefix: 'photos/' });

    expect(await publishedKeys()).toEqual(['photos/1.jpg']);
  });

  it('is, with --stale, what another preset rendered, under the same sequencer, but nothing rejected or removed', async () => {
    const current = presetRevision(variants);
    await fill(['current.jpg', 'stale.jpg', 'rejected.jpg', 'removed.jpg', 'unknown.jpg']);
    await putRecord('current.jpg', rendered(current));
    await putRecord('stale.jpg', rendered('before'));
    await putRecord('rejected.jpg', rendered('before', 'rejected'));
    await putRecord('removed.jpg', { ...rendered('before'), removed: { messageId: 'm', receiveCount: 1 } });

    await publishWanted({ staleRevision: current });

    expect(await publishedEvents()).toMatchObject([{ key: 'stale.jpg', sequencer }]);
  });
});

describe('the checkpoint', () => {
  it('lets a backfill go on where it was interrupted, repeating nothing', async () => {
    const keys = keysOf(50);
    await fill(keys);
    let waves = 0;
    const interrupted = await publishWanted(
      { pageSize: 25 },
      {
        onWave: () => {
          waves += 1;
        },
        mayContinue: () => waves < 2,
      },
    );
    const resumed = await publishWanted();

    expect(interrupted.end).toBe('interrupted');
    expect(interrupted.published + resumed.published).toBe(50);
    expect(await publishedKeys()).toEqual(keys);
  });

  it('is refused for another job, and when it is something else', async () => {
    writeCheckpoint(checkpointFile, { ...job(), startAfter: 'x', spent: 1 });

    expect(() => readCheckpoint(checkpointFile, { ...job(), isStale: true })).toThrow('of another backfill');
    await writeFile(checkpointFile, '{"half":');
    expect(() => readCheckpoint(checkpointFile, job())).toThrow('is not a checkpoint');
  });
});

describe('the cap', () => {
  it('is never exceeded, and what it cut off can be had later by raising it', async () => {
    const keys = keysOf(30);
    await fill(keys);

    const capped = await publishWanted({ maxObjects: 7 });
    const again = await publishWanted({ maxObjects: 7 });
    const raised = await publishWanted();

    expect(capped).toEqual({ published: 7, end: 'cap' });
    expect(again).toEqual({ published: 0, end: 'cap' });
    expect(raised).toEqual({ published: 23, end: 'complete' });
    expect(await publishedKeys()).toEqual(keys);
  });

  it('counts a wave as spent before it is published, so that a kill in between cannot hide it', async () => {
    await fill(keysOf(5));
    const spentBefore: number[] = [];
    const { sns } = cloud.stage.clients;
    const watched = {
      ...cloud.stage,
      clients: {
        ...cloud.stage.clients,
        sns: new Proxy(sns, {
          get: (target, name) =>
            name === 'send'
              ? async (command: never) => {
                  spentBefore.push(JSON.parse(await readFile(checkpointFile, 'utf8')).spent);
                  return target.send(command);
                }
              : Reflect.get(target, name),
        }),
      },
    };

    await publishWanted({}, nothing, watched);

    expect(spentBefore).toEqual([5]);
  });
});

describe('npm run backfill', () => {
  it('says how many, how long and how much, and publishes nothing without --yes', async () => {
    await fill(keysOf(3));

    const { exitCode, stdout } = await runTool('backfill', ['--bucket', bucket, '--rate', '1']);

    expect(exitCode).toBe(0);
    expect(stdout).toContain('3 objects wanted');
    expect(stdout).toContain('3 s at 1 a second, about less than $0.01');
    expect(stdout).toContain('add --yes');
    expect(await publishedKeys()).toEqual([]);
  });

  it('publishes with --yes, says so as JSON, and leaves no checkpoint behind', async () => {
    const keys = keysOf(3);
    await fill(keys);

    const run = await runTool('backfill', [
      '--bucket',
      bucket,
      '--yes',
      '--json',
      '--checkpoint',
      checkpointFile,
    ]);

    expect(json(run)).toMatchObject({
      found: { wanted: 3 },
      estimate: { objects: 3, seconds: 1 },
      result: { published: 3, end: 'complete' },
    });
    expect(await publishedKeys()).toEqual(keys);
    expect(existsSync(checkpointFile)).toBe(false);
  });

  it('lists the stage’s originals when no bucket is named', async () => {
    const { exitCode, stdout } = await runTool('backfill', []);

    expect(exitCode).toBe(0);
    expect(stdout).toContain(`${cloud.stage.originalsBucket}/: `);
  });

  it('refuses the renditions bucket', async () => {
    const { exitCode, stderr } = await runTool('backfill', ['--bucket', cloud.stage.renditionsBucket]);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${cloud.stage.renditionsBucket} holds renditions`);
  });
});
