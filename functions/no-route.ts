// $default: whatever no route is for. Wiring only.

import { Logger } from '@aws-lambda-powertools/logger';
import { answerNoRoute } from '../shared/api/no-route.ts';
import { createHttpHandler } from '../shared/lambda/http.ts';

export const handler = createHttpHandler(
  async ({ requestContext, rawPath }) => answerNoRoute(requestContext.http.method, rawPath),
  new Logger({ serviceName: 'no-route' }),
);
