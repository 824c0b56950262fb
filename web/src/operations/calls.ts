// What the operator's view asks of the laptop that the page comes from, beside the API: it answers this page alone.

import { strings } from '../strings.ts';
import type {
  DeadLettersAnswer,
  ProblemAnswer,
  QueuesAnswer,
  RedriveAnswer,
  TraceAnswer,
} from './answers.ts';

/** What a redrive is about: all of one code in one queue, or all of one image. */
export type Selection = { readonly queue: string; readonly code: string } | { readonly imageId: string };

export interface Calls {
  queues(): Promise<QueuesAnswer>;
  /** Receives what was put aside, and gives it back: nobody else sees it meanwhile. */
  deadLetters(): Promise<DeadLettersAnswer>;
  redrive(selection: Selection): Promise<RedriveAnswer>;
  trace(imageId: string): Promise<TraceAnswer>;
}

/** Its message is a sentence for whoever looks at the view. */
export class CallFailed extends Error {
  override readonly name: string = 'CallFailed';
}

/** The laptop does not answer: it is worth asking again. */
export class Unreachable extends CallFailed {
  override readonly name = 'Unreachable';
}

/** Each throws {@link CallFailed}. */
export function createCalls(): Calls {
  let token: Promise<string> | undefined;

  async function send(path: string, body: object | undefined): Promise<Response> {
    token ??= readToken();
    // Who could not get one tries anew with the next call.
    token.catch(() => {
      token = undefined;
    });
    return fetch(`/page/operations/${path}`, {
      headers: { 'page-token': await token, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
  }

  async function call<Answer>(path: string, body?: object): Promise<Answer> {
    try {
      let answer = await send(path, body);
      if (answer.status === 403) {
        // The laptop was started anew, and knows another token.
        token = undefined;
        answer = await send(path, body);
      }
      if (answer.ok) return (await answer.json()) as Answer;
      throw new CallFailed(((await answer.json()) as ProblemAnswer).detail);
    } catch (error) {
      if (error instanceof CallFailed) throw error;
      throw new Unreachable(strings.operations.unreachable, { cause: error });
    }
  }

  return {
    queues: () => call('queues'),
    deadLetters: () => call('dead-letters'),
    redrive: (selection) => call('redrive', selection),
    trace: (imageId) => call(`images/${encodeURIComponent(imageId)}/trace`),
  };
}

async function readToken(): Promise<string> {
  const answer = await fetch('/page/token', { method: 'POST' });
  return ((await answer.json()) as { token: string }).token;
}
