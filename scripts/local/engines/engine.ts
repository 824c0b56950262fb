// What every embedded engine is to the front server: something that answers a request, untouched and unbuffered.
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Engine {
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
  close(): Promise<void>;
}
