// GET /health: answers that the API is up. It asks nothing of anything, so that a probe costs nothing.

import { createHttpHandler, unlogged } from '../shared/lambda/http.ts';

export const handler = createHttpHandler(async () => ({ status: 200, body: { status: 'ok' } }), unlogged);
