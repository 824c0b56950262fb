// The cap on instances of a function, against a pool that makes one for every caller, as serverless-offline's does.
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import {
  answeringFailures,
  surviveCrashes,
  waitingGet,
} from '../../scripts/local/serverless-offline/instances.ts';
import { withRequestId } from '../../scripts/local/serverless-offline/request-id.ts';
import { eventually } from './support/engines.ts';

function makePool() {
  const log: {
    functionKey: string;
    event: unknown;
    clientContext: unknown;
    finish: (answer: unknown) => void;
  }[] = [];
  const get = (functionKey: string) => {
    let event: unknown;
    let clientContext: unknown;
    return {
      setEvent: (given: unknown) => {
        event = given;
      },
      setClientContext: (given: unknown) => {
        clientContext = given;
      },
      runHandler: () =>
        new Promise((finish, fail) => {
          log.push({
            functionKey,
            event,
            clientContext,
            finish: (answer) => (answer instanceof Error ? fail(answer) : finish(answer)),
          });
        }),
    };
  };
  return { get: waitingGet(get, 2), log };
}

function invoke(pool: ReturnType<typeof makePool>, functionKey: string, event: unknown) {
  const instance = pool.get(functionKey, {});
  instance.setClientContext(`context of ${event}`);
  instance.setEvent(event);
  return instance.runHandler();
}

describe('the instances of a function', () => {
  it('are no more than the cap; further invocations wait for one, each with its own event', async () => {
    const pool = makePool();
    const answers = ['a', 'b', 'c'].map((event) => invoke(pool, 'work', event));
    await eventually(() => expect(pool.log.map(({ event }) => event)).toEqual(['a', 'b']));

    pool.log[0]?.finish('done a');
    await eventually(() => expect(pool.log).toHaveLength(3));

    expect(await answers[0]).toBe('done a');
    expect(pool.log[2]).toMatchObject({ event: 'c', clientContext: 'context of c' });
  });

  it('answer the HTTP API as API Gateway does when the function has failed, and tell of it', async () => {
    const pool = makePool();
    const reported: string[] = [];
    const answer = answeringFailures(pool.get('work', {}), (line) => reported.push(line)).runHandler();
    await eventually(() => expect(pool.log).toHaveLength(1));

    pool.log[0]?.finish(new Error('[504] - Lambda timeout.'));

    expect(await answer).toMatchObject({ statusCode: 500, body: '{"message":"Internal Server Error"}' });
    expect(reported).toEqual(['A function failed: [504] - Lambda timeout.']);
  });

  it('are counted for each function by itself', async () => {
    const pool = makePool();

    for (const functionKey of ['one', 'one', 'two']) void invoke(pool, functionKey, functionKey);

    await eventually(() => expect(pool.log.map(({ event }) => event)).toEqual(['one', 'one', 'two']));
  });

  it('are given back by an invocation that fails', async () => {
    const pool = makePool();
    const [failing] = ['a', 'b', 'c'].map((event) => invoke(pool, 'work', event));
    await eventually(() => expect(pool.log).toHaveLength(2));

    pool.log[0]?.finish(new Error('timeout'));

    await expect(failing).rejects.toThrow('timeout');
    await eventually(() => expect(pool.log).toHaveLength(3));
  });
});

describe('a crashing function', () => {
  it('is reported instead of ending the process', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    surviveCrashes(resolve);

    new Worker('throw new Error("out of order")', { eval: true });

    expect(await promise).toBe('A function crashed: Error: out of order');
    process.removeAllListeners('worker');
  });
});

describe('requests of the API', () => {
  const ofApi = () => ({ requestContext: { requestId: 'offlineContext_resourceId', stage: '$default' } });

  it('get an ID each, where serverless-offline gives all of them the same', () => {
    const [one, other] = [withRequestId(ofApi()), withRequestId(ofApi())] as ReturnType<typeof ofApi>[];

    expect(one?.requestContext).toMatchObject({ stage: '$default' });
    expect(one?.requestContext.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(other?.requestContext.requestId).not.toBe(one?.requestContext.requestId);
  });

  it.each([[undefined], ['text'], [{ Records: [] }], [{ requestContext: { requestId: 'own' } }]])(
    'alone: %j is left as it is',
    (event) => {
      expect(withRequestId(event)).toBe(event);
    },
  );
});
