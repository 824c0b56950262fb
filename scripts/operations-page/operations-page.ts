// What the laptop's page shows an operator, as JSON below /page/operations/. The laptop cloud lets nobody but the page come so far.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProblemAnswer } from '../../web/src/operations/answers.ts';
import type { OpenAddition } from '../local/page/additions.ts';
import { openStage } from '../operations/stage.ts';
import { OperatorError } from '../terminal/errors.ts';
import { readDeadLetters, redriveSelected } from './dead-letters.ts';
import { readImageTrace } from './image.ts';
import { readQueues } from './queues.ts';
import { readSelection, SelectionRefused } from './selection.ts';
import { takeTurns } from './turns.ts';

const tracePath = /^\/page\/operations\/images\/([\w-]+)\/trace$/;

const openOperations: OpenAddition = async ({ dataDir, ...place }) => {
  const stage = await openStage({ ...place, dataDir });
  // Whoever looks hides what is looked at from everybody else.
  const inTurn = takeTurns();

  async function answer(request: IncomingMessage): Promise<object | undefined> {
    const now = new Date();
    const [pathname = ''] = (request.url ?? '/').split('?');
    const [, imageId] = tracePath.exec(pathname) ?? [];
    switch (`${request.method} ${pathname}`) {
      case 'GET /page/operations/queues':
        return readQueues(stage);
      case 'GET /page/operations/dead-letters':
        return inTurn(() => readDeadLetters(stage, now));
      case 'POST /page/operations/redrive': {
        const selection = await readSelection(request, stage);
        return inTurn(() => redriveSelected(stage, selection, now));
      }
    }
    if (request.method !== 'GET' || imageId === undefined) return undefined;
    return inTurn(() => readImageTrace(stage, dataDir, imageId, now));
  }

  return async (request, response) => {
    try {
      const body = await answer(request);
      if (body) send(response, 200, body);
      else
        problem(response, 404, {
          code: 'not-found',
          detail: `There is no ${request.method} ${request.url}.`,
        });
    } catch (error) {
      const { message: detail } = error as Error;
      if (error instanceof SelectionRefused) problem(response, 400, { code: 'bad-request', detail });
      else if (error instanceof OperatorError) problem(response, 404, { code: 'not-found', detail });
      else problem(response, 500, { code: 'failed', detail });
    }
  };
};

export default openOperations;

function problem(response: ServerResponse, status: number, body: ProblemAnswer): void {
  send(response, status, body);
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
