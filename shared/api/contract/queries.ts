// What a request's query may ask for.

import * as z from 'zod/mini';
import { statuses } from '../../domain/status.ts';

/** Seconds. API Gateway gives up on an answer after 30. */
export const maxWaitSeconds = 20;
export const maxListed = 100;
export const defaultListed = 50;

export const listedStatuses = statuses.filter((status) => status !== 'deleted');

export const imageQuerySchema = z.strictObject({
  wait: z.optional(wholeNumber(0, maxWaitSeconds, 'Seconds to wait for news of the image; 0 when absent.')),
});

export const listQuerySchema = z.strictObject({
  status: z.optional(
    z
      .enum(listedStatuses, `must be one of ${listedStatuses.join(', ')}`)
      .check(z.describe('Only images of this status; all when absent.')),
  ),
  limit: z.optional(wholeNumber(1, maxListed, `How many images at most; ${defaultListed} when absent.`)),
  cursor: z.optional(
    z
      .string()
      .check(z.describe('The `nextCursor` of the page before, of the same list with the same filter.')),
  ),
});

/** In digits and nothing else. */
function wholeNumber(from: number, to: number, description: string) {
  const fault = `must be a whole number from ${from} to ${to}`;
  return z.pipe(
    z.string().check(z.regex(/^\d{1,9}$/, fault)),
    z.pipe(
      z.transform(Number),
      z.int().check(z.minimum(from, fault), z.maximum(to, fault), z.describe(description)),
    ),
  );
}
