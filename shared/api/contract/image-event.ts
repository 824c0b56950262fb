// What consumers of the image-events topic are sent.

import * as z from 'zod/mini';
import { settledStatuses } from '../../domain/status.ts';
import { component } from './components.ts';
import { imageId, text, timestamp } from './fields.ts';
import { imageSchema } from './image.ts';

export const imageEventTypes = settledStatuses.map((status) => `image.${status}` as const);

export const imageEventSchema = component(
  'ImageEvent',
  'What became of an image. Delivered at least once, in no certain order.',
  z.strictObject({
    eventId: text('The same for every repetition of one event: deduplicate by it.'),
    type: z.enum(imageEventTypes).check(z.describe('Also a message attribute, to filter on.')),
    imageId,
    ownerId: text('Whose image it is.'),
    occurredAt: timestamp('When the image became what it is.'),
    image: imageSchema,
  }),
);
