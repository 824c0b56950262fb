// Redriving from real DLQs: nothing is lost, multiplied, or taken that was not meant.
import { v7 as uuidv7 } from 'uuid';
import { afterEach, describe, expect, it } from 'vitest';
import { isHeld } from '../../scripts/dlq/dead-letter-message.ts';
import { handleAndDelete } from '../../scripts/dlq/handle.ts';
import { canMoveNatively, redrive } from '../../scripts/dlq/redrive.ts';
import { originalKey } from '../../shared/domain/object-keys.ts';
import {
  addFailed,
  addMalformed,
  addRejected,
  drainAll,
  look,
  surveyOptions,
} from './dead-letter-messages.ts';
import { startMessageMoves } from './message-moves.ts';
import { sequencer, useOperationsCloud } from './operations-cloud.ts';
import { json, runTool } from './run-tool.ts';

const cloud = useOperationsCloud();
afterEach(() => drainAll(cloud));

describe('redriving', () => {
  async function redriveAll() {
    const surveyed = await look(cloud);
    return redrive(cloud.stage, surveyed, surveyed.messages, surveyOptions);
  }

  it('sends a rejected image to both workers, marked so that they take up what they rejected', async () => {
    const imageId = uuidv7();
    await addRejected(cloud, imageId);

    const redriven = await redriveAll();

    expect(redriven).toEqual({ how: 'message by message', done: 1, kept: 0, vanished: 0 });
    for (const { source } of cloud.stage.queues) {
      const [message, ...more] = await cloud.drain(source.url);
      expect(more).toEqual([]);
      expect(message?.Body).toContain(originalKey(imageId));
      expect(message?.MessageAttributes?.['failureCode']?.StringValue).toBe('corrupt-image');
    }
    expect(await cloud.count(cloud.stage.rejections)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
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
    await addRejected(cloud, imageId);

    const redriven = json(await runTool('dlq', ['redrive', '--yes', '--json']));
    const [message] = (await look(cloud)).messages;

    expect(redriven).toMatchObject({ messages: 1, held: 1, redriven: { done: 0 } });
    expect(message && isHeld(message, new Date(leaseUntil + 1))).toBe(false);
  });

  it('sends a message that SQS moved back to its own queue only, unmarked', async () => {
    await addFailed(cloud);

    await redriveAll();

    expect(await cloud.count(cloud.queuesOf('renditions').source)).toMatchObject({ visible: 0 });
    const [message] = await cloud.drain(cloud.queuesOf('metadata').source.url);
    expect(message?.MessageAttributes).toBeUndefined();
  });

  it('sends a malformed message where it came from, so that redriving does not multiply it', async () => {
    await addMalformed(cloud);

    await redriveAll();

    expect(await cloud.count(cloud.queuesOf('metadata').source)).toMatchObject({ visible: 0 });
    const [message, ...more] = await cloud.drain(cloud.queuesOf('renditions').source.url);
    expect(more).toEqual([]);
    // What the worker wrote is gone, since it will say anew what it finds; what others wrote stays.
    expect(Object.keys(message?.MessageAttributes ?? {})).toEqual(['tenant']);
  });

  it('takes only what is selected, and gives the rest back', async () => {
    for (let sent = 0; sent < 12; sent += 1)
      await addRejected(cloud, uuidv7(), sent < 5 ? 'too-large' : 'corrupt-image');
    const surveyed = await look(cloud);
    const selected = surveyed.messages.filter(({ code }) => code === 'too-large');

    const { done } = await redrive(cloud.stage, surveyed, selected, surveyOptions);

    expect(done).toBe(5);
    expect(await cloud.count(cloud.stage.rejections)).toEqual({ visible: 7, inFlight: 0, delayed: 0 });
  });

  it('does not chase messages that came after it had looked', async () => {
    await addFailed(cloud);
    const surveyed = await look(cloud);
    await addFailed(cloud);

    const { done } = await redrive(
      cloud.stage,
      { ...surveyed, isComplete: false },
      surveyed.messages,
      surveyOptions,
    );

    expect(done).toBe(1);
    expect(await cloud.count(cloud.queuesOf('metadata').dlq)).toEqual({
      visible: 1,
      inFlight: 0,
      delayed: 0,
    });
  });

  it('deletes nothing that it could not send', async () => {
    await addFailed(cloud);
    const surveyed = await look(cloud);

    const handled = await handleAndDelete(cloud.stage, surveyed.messages, async () => [], surveyOptions);

    expect(handled).toEqual({ done: 0, kept: 1, vanished: 0 });
  });

  it('tells of messages that somebody else took meanwhile', async () => {
    await addFailed(cloud);
    const surveyed = await look(cloud);
    await cloud.drain(cloud.queuesOf('metadata').dlq.url);

    const handled = await handleAndDelete(
      cloud.stage,
      surveyed.messages,
      async (messages) => messages,
      surveyOptions,
    );

    expect(handled).toEqual({ done: 0, kept: 0, vanished: 1 });
  });

  it('lets SQS move them only when all go and none is marked', async () => {
    await addFailed(cloud);
    const failed = await look(cloud);
    await addRejected(cloud);
    const both = await look(cloud);

    expect(canMoveNatively(failed, failed.messages)).toBe(true);
    expect(canMoveNatively({ ...failed, isComplete: false }, failed.messages)).toBe(false);
    expect(canMoveNatively(both, both.messages)).toBe(false);
    // A rejection stays where it is meanwhile.
    expect(canMoveNatively(both, failed.messages)).toBe(true);
    await addMalformed(cloud);
    const three = await look(cloud);
    expect(canMoveNatively(three, failed.messages)).toBe(false);
  });

  it('has SQS move them, and waits until it has, where the endpoint can', async () => {
    await addFailed(cloud);
    const surveyed = await look(cloud);
    const { sqs, calls, close } = await startMessageMoves([
      { TaskHandle: 'task' },
      { Results: [{ Status: 'RUNNING', ApproximateNumberOfMessagesMoved: 0 }] },
      { Results: [{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }] },
    ]);
    const stage = { ...cloud.stage, clients: { ...cloud.stage.clients, sqs } };

    const redriven = await redrive(stage, surveyed, surveyed.messages, surveyOptions);

    close();
    const { source, dlq } = cloud.queuesOf('metadata');
    expect(redriven).toEqual({ how: 'native', done: 1, kept: 0, vanished: 0 });
    expect(calls).toEqual([
      ['AmazonSQS.StartMessageMoveTask', { SourceArn: dlq.arn, DestinationArn: source.arn }],
      ['AmazonSQS.ListMessageMoveTasks', { SourceArn: dlq.arn, MaxResults: 1 }],
      ['AmazonSQS.ListMessageMoveTasks', { SourceArn: dlq.arn, MaxResults: 1 }],
    ]);
  });
});
