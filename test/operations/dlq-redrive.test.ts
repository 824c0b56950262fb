// Redriving from real DLQs: nothing is lost, multiplied, or taken that was not meant.
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { act } from '../../scripts/dlq/act.ts';
import { isHeld } from '../../scripts/dlq/letter.ts';
import { canMoveNatively, redrive } from '../../scripts/dlq/redrive.ts';
import { originalKey } from '../../shared/domain/object-keys.ts';
import {
  drainAll,
  failedLetter,
  look,
  malformedLetter,
  quiet,
  rejectedLetter,
  surveyOptions,
} from './dead-letters.ts';
import { startMessageMoves } from './message-moves.ts';
import { type OperationsCloud, sequencer, startOperationsCloud } from './operations-cloud.ts';
import { json, runTool } from './run-tool.ts';

let cloud: OperationsCloud;

beforeAll(async () => {
  cloud = await startOperationsCloud();
});
afterAll(() => cloud.close());
afterEach(() => drainAll(cloud));

describe('redriving', () => {
  async function redriveAll() {
    const surveyed = await look(cloud);
    return redrive(cloud.stage, surveyed, surveyed.letters, surveyOptions, quiet);
  }

  it('sends a rejected image to both workers, marked so that they take up what they rejected', async () => {
    const imageId = uuidv7();
    await rejectedLetter(cloud, imageId);

    const redriven = await redriveAll();

    expect(redriven).toEqual({ how: 'letter by letter', done: 1, kept: 0, vanished: 0 });
    for (const { source } of cloud.stage.queues) {
      const [message, ...more] = await cloud.drain(source.url);
      expect(more).toEqual([]);
      expect(message?.Body).toContain(originalKey(imageId));
      expect(message?.MessageAttributes?.['failureCode']?.StringValue).toBe('corrupt-image');
    }
    expect(await cloud.count('renditions', 'dead')).toEqual({ visible: 0, inFlight: 0 });
  });

  it('leaves a rejected image alone while the other worker may still hold it, which would take it for a duplicate', async () => {
    const imageId = uuidv7();
    const task = { sequencer, revision: '1', attemptId: 'a', messageId: 'm', receiveCount: 1 };
    const leaseUntil = Date.now() + 60_000;
    await cloud.put({
      ...{ imageId, ownerId: 'local', updatedAt: new Date().toISOString(), sequencer },
      renditionsTask: { ...task, leaseUntil, state: 'rejected' },
      metadataTask: { ...task, leaseUntil, state: 'running' },
    });
    await rejectedLetter(cloud, imageId);

    const redriven = json(await runTool('dlq', ['redrive', '--yes', '--json']));
    const [letter] = (await look(cloud)).letters;

    expect(redriven).toMatchObject({ messages: 1, held: 1, redriven: { done: 0 } });
    expect(letter && isHeld(letter, letter.record, new Date(leaseUntil + 1))).toBe(false);
  });

  it('sends a message that SQS moved back to its own queue only, unmarked', async () => {
    await failedLetter(cloud);

    await redriveAll();

    expect(await cloud.count('renditions', 'source')).toMatchObject({ visible: 0 });
    const [message] = await cloud.drain(cloud.queuesOf('metadata').source.url);
    expect(message?.MessageAttributes).toBeUndefined();
  });

  it('sends a malformed message where it came from, so that redriving does not multiply it', async () => {
    await malformedLetter(cloud);

    await redriveAll();

    expect(await cloud.count('metadata', 'source')).toMatchObject({ visible: 0 });
    const [message, ...more] = await cloud.drain(cloud.queuesOf('renditions').source.url);
    expect(more).toEqual([]);
    // What the worker wrote is gone, since it will say anew what it finds; what others wrote stays.
    expect(Object.keys(message?.MessageAttributes ?? {})).toEqual(['tenant']);
  });

  it('takes only what is selected, and gives the rest back', async () => {
    for (let sent = 0; sent < 12; sent += 1)
      await rejectedLetter(cloud, uuidv7(), sent < 5 ? 'too-large' : 'corrupt-image');
    const surveyed = await look(cloud);
    const selected = surveyed.letters.filter(({ code }) => code === 'too-large');

    const { done } = await redrive(cloud.stage, surveyed, selected, surveyOptions, quiet);

    expect(done).toBe(5);
    expect(await cloud.count('renditions', 'dead')).toEqual({ visible: 7, inFlight: 0 });
  });

  it('does not chase messages that came after it had looked', async () => {
    await failedLetter(cloud);
    const surveyed = await look(cloud);
    await failedLetter(cloud);

    const { done } = await redrive(
      cloud.stage,
      { ...surveyed, isComplete: false },
      surveyed.letters,
      surveyOptions,
      quiet,
    );

    expect(done).toBe(1);
    expect(await cloud.count('metadata', 'dead')).toEqual({ visible: 1, inFlight: 0 });
  });

  it('deletes nothing that it could not send', async () => {
    await failedLetter(cloud);
    const surveyed = await look(cloud);

    const acted = await act(cloud.stage, surveyed.letters, async () => [], surveyOptions, quiet);

    expect(acted).toEqual({ done: 0, kept: 1, vanished: 0 });
  });

  it('tells of messages that somebody else took meanwhile', async () => {
    await failedLetter(cloud);
    const surveyed = await look(cloud);
    await cloud.drain(cloud.queuesOf('metadata').dead.url);

    const acted = await act(cloud.stage, surveyed.letters, async (letters) => letters, surveyOptions, quiet);

    expect(acted).toEqual({ done: 0, kept: 0, vanished: 1 });
  });

  it('lets SQS move them only when all go and none is marked', async () => {
    await failedLetter(cloud);
    const failed = await look(cloud);
    await rejectedLetter(cloud);
    const both = await look(cloud);

    expect(canMoveNatively(failed, failed.letters)).toBe(true);
    expect(canMoveNatively({ ...failed, isComplete: false }, failed.letters)).toBe(false);
    expect(canMoveNatively(both, both.letters)).toBe(false);
    expect(canMoveNatively(both, failed.letters)).toBe(false);
  });

  it('has SQS move them, and waits until it has, where the endpoint can', async () => {
    await failedLetter(cloud);
    const surveyed = await look(cloud);
    const { sqs, calls, close } = await startMessageMoves([
      { TaskHandle: 'task' },
      { Results: [{ Status: 'RUNNING', ApproximateNumberOfMessagesMoved: 0 }] },
      { Results: [{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }] },
    ]);
    const stage = { ...cloud.stage, clients: { ...cloud.stage.clients, sqs } };

    const redriven = await redrive(stage, surveyed, surveyed.letters, surveyOptions, quiet);

    close();
    const { source, dead } = cloud.queuesOf('metadata');
    expect(redriven).toEqual({ how: 'native', done: 1, kept: 0, vanished: 0 });
    expect(calls).toEqual([
      ['AmazonSQS.StartMessageMoveTask', { SourceArn: dead.arn, DestinationArn: source.arn }],
      ['AmazonSQS.ListMessageMoveTasks', { SourceArn: dead.arn, MaxResults: 1 }],
      ['AmazonSQS.ListMessageMoveTasks', { SourceArn: dead.arn, MaxResults: 1 }],
    ]);
  });
});
