// $default: whatever no route is for. Wiring only.

import { answerNoRoute } from '../shared/api/no-route.ts';
import { createHttpHandler } from '../shared/lambda/http.ts';

export const handler = createHttpHandler(
  async ({ requestContext, rawPath }) => answerNoRoute(requestContext.http.method, rawPath),
  console,
);
