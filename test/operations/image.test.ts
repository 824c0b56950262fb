// The image tool on a real table, real queues and buckets: what it shows, and what its retry does.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { logFiles } from '../../scripts/local/function-log.ts';
import { originalKey } from '../../shared/domain/object-keys.ts';
import { addFailed, addRejected, drainAll } from './dead-letter-messages.ts';
import { sequencer, useOperationsCloud } from './operations-cloud.ts';
import { json, runTool } from './run-tool.ts';

const cloud = useOperationsCloud();
afterEach(() => drainAll(cloud));

const task = { sequencer, revision: '1', attemptId: 'a', messageId: 'one', receiveCount: 5, leaseUntil: 0 };
const failure = { code: 'internal', message: 'Processing failed on our side.' } as const;

/** A failed image whose original lies in S3, and of which no message is left. */
async function putFailed(): Promise<string> {
  const imageId = uuidv7();
  const key = originalKey(imageId);
  const { ETag = '' } = await cloud.putObject(cloud.stage.originalsBucket, key);
  const original = { bucket: cloud.stage.originalsBucket, key, eTag: ETag.replaceAll('"', ''), bytes: 5 };
  await cloud.put({
    ...{ imageId, ownerId: 'own-1', updatedAt: new Date().toISOString(), sequencer, original },
    ...{ renditionsTask: { ...task, state: 'failed', failure }, metadataTask: { ...task, state: 'done' } },
  });
  return imageId;
}

describe('npm run image -- show', () => {
  it('tells where an image stands, of its message that was put aside, and what to do', async () => {
    const imageId = uuidv7();
    await addFailed(cloud, imageId);

    const { exitCode, stdout } = await runTool('image', ['show', imageId]);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^status +failed$/m);
    expect(stdout).toMatch(/^metadata +failed at receive 5 of message m, dependency-unavailable: /m);
    expect(stdout).toMatch(/^put aside +\w{8} in darkroom-test-metadata-dlq: dependency-unavailable/m);
    expect(stdout).toMatch(/^original +not in S3$/m);
    expect(stdout).toContain(`npm run dlq -- redrive --image ${imageId} --stage test --yes`);
  });

  it('is a document as JSON, and fails with a sentence where there is no such image', async () => {
    const imageId = await putFailed();

    const shown = json(await runTool('image', ['show', imageId, '--json']));
    const unknown = await runTool('image', ['show', 'no-such-image']);

    expect(shown).toMatchObject({ imageId, status: 'failed', original: { bytes: 5 }, renditions: [] });
    expect(unknown).toMatchObject({ exitCode: 1, stdout: '' });
    expect(unknown.stderr).toMatch(/^There is no image no-such-image in stage test at http/);
  });
});

describe('npm run image -- retry', () => {
  it('changes nothing without --yes, then sends back to work what was put aside, and nothing else', async () => {
    const imageId = uuidv7();
    await addFailed(cloud, imageId);
    await addRejected(cloud);
    const { dlq, source } = cloud.queuesOf('metadata');

    const dryRun = await runTool('image', ['retry', imageId]);
    const before = await cloud.count(dlq);
    const acted = json(await runTool('image', ['retry', imageId, '--yes', '--json']));

    expect(dryRun.stdout).toContain('A dry run: add --yes');
    expect(before).toMatchObject({ visible: 1 });
    expect(acted).toMatchObject({ retry: 'redrive', done: true });
    expect(await cloud.count(dlq)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    expect(await cloud.count(source)).toMatchObject({ visible: 1 });
    expect(await cloud.count(cloud.stage.rejections)).toMatchObject({ visible: 1 });
  });

  it('publishes the event of a failed image again when no message of it is left', async () => {
    const imageId = await putFailed();
    // S3's own event.
    await drainAll(cloud);

    const { exitCode, stdout } = await runTool('image', ['retry', imageId, '--yes']);

    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'Its event was published again.\n' });
    for (const { source } of cloud.stage.queues) {
      const [message] = await cloud.drain(source.url);
      expect(message?.Body).toContain(originalKey(imageId));
      expect(message?.MessageAttributes?.['failureCode']?.StringValue).toBe('internal');
    }
  });

  it('says why there is nothing to send', async () => {
    const imageId = uuidv7();
    await cloud.put({
      ...{ imageId, ownerId: 'own-1', updatedAt: new Date().toISOString(), sequencer },
      ...{ renditionsTask: { ...task, state: 'done' }, metadataTask: { ...task, state: 'done' } },
    });

    const { exitCode, stdout } = await runTool('image', ['retry', imageId, '--yes']);

    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'It is ready. There is nothing to do.\n' });
  });
});

describe('npm run image -- trace', () => {
  it('reads the laptop’s log: lines of the image, and those of its messages that name no image', async () => {
    const imageId = await putFailed();
    const { current } = logFiles(cloud.dataDir);
    const at = (second: number) => `2026-11-02T09:00:0${second}.000Z`;
    const lines = [
      { timestamp: at(1), level: 'INFO', message: 'message received', messageId: 'one', attempt: 4 },
      { timestamp: at(2), level: 'INFO', message: 'message received', messageId: 'other', attempt: 1 },
      {
        ...{
          timestamp: at(4),
          level: 'INFO',
          message: 'image handled',
          imageId,
          messageId: 'one',
          attempt: 5,
        },
        ...{ task: 'renditions', outcome: 'failed', code: 'internal' },
      },
      'no line of a log',
    ];
    await mkdir(dirname(current), { recursive: true });
    await writeFile(current, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

    vi.stubEnv('DARKROOM_DATA_DIR', cloud.dataDir);
    const { exitCode, stdout } = await runTool('image', ['trace', imageId]);
    vi.unstubAllEnvs();

    expect(exitCode).toBe(0);
    expect(stdout).toContain('2026-11-02 09:00:01.000  receive 4 of message one began and never ended');
    expect(stdout).toContain('renditions receive 5 of message one: failed (internal)');
    expect(stdout).not.toContain('other');
    expect(stdout).toContain('receive 3 of message one left no line');
  });
});
