// The caller's quotas, and what is used of them.

import * as z from 'zod/mini';
import { component } from './components.ts';
import { count } from './fields.ts';

const quotaSchema = component(
  'Quota',
  'How much of something there may be, and how much there is.',
  z.strictObject({ used: count('What counts now.'), limit: count('What may count at most.') }),
);

export const usageSchema = component(
  'Usage',
  'The caller’s quotas. A request for an upload that would exceed one is answered 429.',
  z.strictObject({
    openUploads: quotaSchema.check(z.describe('Uploads asked for whose image is not settled yet.')),
    images: quotaSchema.check(z.describe('Images, open uploads among them.')),
    bytes: quotaSchema.check(z.describe('Bytes of originals, those of open uploads among them.')),
    rejectedPerHour: quotaSchema.check(z.describe('Files that were rejected within this hour.')),
  }),
);
