// GET /openapi.json: the document as it is checked in, so that nothing has to be made of anything.

import document from '../docs/openapi.json' with { type: 'json' };
import { createHttpHandler, unlogged } from '../shared/lambda/http.ts';

export const handler = createHttpHandler(async () => ({ status: 200, body: document }), unlogged);
