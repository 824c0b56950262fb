// What a redrive is asked for: everything of one code in one queue, or everything of one image.

import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { failureCodes } from '../../shared/domain/errors.ts';
import { storesOf } from '../dlq/stores.ts';
import type { Selection } from '../dlq/survey.ts';
import type { Stage } from '../operations/stage.ts';

const maxBytes = 1000;
const schema = z.union([
  z.strictObject({ queue: z.string(), code: z.enum([...failureCodes, 'unknown']) }),
  z.strictObject({ imageId: z.string().regex(/^[\w-]{1,64}$/) }),
]);

export class SelectionRefused extends Error {
  override readonly name = 'SelectionRefused';
}

/** @throws {SelectionRefused} for a body that selects nothing, so that no mistake of a page redrives everything */
export async function readSelection(request: IncomingMessage, stage: Stage): Promise<Selection> {
  const parsed = schema.safeParse(await readJson(request));
  if (!parsed.success) throw new SelectionRefused('Send {queue, code} or {imageId}.');
  const { data } = parsed;
  const names = storesOf(stage).map(({ queue }) => queue.name);
  if ('queue' in data && !names.includes(data.queue))
    throw new SelectionRefused(`There is no queue ${data.queue}: there are ${names.join(', ')}.`);
  return data;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += part;
    if (text.length > maxBytes) throw new SelectionRefused(`Send at most ${maxBytes} bytes.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new SelectionRefused('Send JSON.');
  }
}
