// One instance of a packaged function, in a process of its own: takes an event at a time, as Lambda's instances do.

import { createRequire } from 'node:module';
import type { Context } from 'aws-lambda';

type Handler = (event: unknown, context: Context) => Promise<unknown>;

const [main = '', timeoutMs = '60000'] = process.argv.slice(2);
const { handler } = createRequire(import.meta.url)(main) as { handler: Handler };

process.on('message', async (event) => {
  const deadline = Date.now() + Number(timeoutMs);
  const context = { getRemainingTimeInMillis: () => deadline - Date.now() } as Context;
  try {
    process.send?.({ answer: await handler(event, context) });
  } catch (error) {
    process.send?.({ error: String(error) });
  }
});
process.once('disconnect', () => process.exit());
process.send?.({ isReady: true });
