// The only reader of process.env: a schema per function, all problems told at once.

import * as z from 'zod/mini';

const name = z.string().check(z.minLength(1));
/** Digits alone: nothing that is empty or half a number passes for 0. */
const wholeNumber = z.pipe(
  z.string().check(z.regex(/^\d{1,15}$/, 'must be a whole number')),
  z.transform(Number),
);

/** An owner's quotas. */
const limits = {
  MAX_OPEN_UPLOADS: wholeNumber,
  MAX_IMAGES: wholeNumber,
  MAX_STORED_BYTES: wholeNumber,
  MAX_REJECTED_PER_HOUR: wholeNumber,
};

/** Empty where there is nothing of the kind. */
const optionalName = z.prefault(z.string(), '');
/** Where renditions are delivered from, and what their URLs are signed with. */
const delivery = {
  DELIVERY_URL: optionalName,
  DELIVERY_KEY_ID: optionalName,
  DELIVERY_PRIVATE_KEY: optionalName,
};
/** What is before the renditions bucket. */
const distribution = { DISTRIBUTION_ID: optionalName };

const worker = {
  DARKROOM_STAGE: name,
  IMAGES_TABLE: name,
  IMAGE_EVENTS_TOPIC_ARN: name,
  ORIGINAL_SOURCES: name,
  QUEUE_URL: name,
  DEAD_LETTER_QUEUE_URL: name,
  REJECTIONS_QUEUE_URL: name,
  MAX_RECEIVE_COUNT: wholeNumber,
  VISIBILITY_TIMEOUT_SECONDS: wholeNumber,
  RETRY_BACKOFF_BASE_SECONDS: wholeNumber,
  // An owner as shared/domain/owner.ts names them, or nobody.
  UNISSUED_OWNER: z
    .string()
    .check(
      z.regex(/^(own-[0-9a-f]{32}|unowned)$/, 'must be an owner ID (own- and 32 hex digits) or "unowned"'),
    ),
  // Set by Lambda itself.
  LD_LIBRARY_PATH: z.optional(z.string()),
};

/** What each function reads from its environment; serverless.yml sets it. */
export const configSchemas = {
  createUpload: z.object({
    IMAGES_TABLE: name,
    ORIGINALS_BUCKET: name,
    MAX_UPLOAD_BYTES: wholeNumber,
    UPLOAD_EXPIRY_SECONDS: wholeNumber,
    ...limits,
  }),
  getUsage: z.object({ IMAGES_TABLE: name, ...limits }),
  getImage: z.object({ IMAGES_TABLE: name, RENDITIONS_BUCKET: name, ...delivery }),
  getRendition: z.object({ IMAGES_TABLE: name, RENDITIONS_BUCKET: name, ...delivery }),
  reprocessImage: z.object({ IMAGES_TABLE: name, UPLOADS_TOPIC_ARN: name, ...limits }),
  deleteImage: z.object({
    IMAGES_TABLE: name,
    ORIGINALS_BUCKET: name,
    RENDITIONS_BUCKET: name,
    ...distribution,
    IMAGE_EVENTS_TOPIC_ARN: name,
  }),
  listImages: z.object({
    IMAGES_TABLE: name,
    RENDITIONS_BUCKET: name,
    ...delivery,
    CURSOR_KEY: z.string().check(z.minLength(32)),
  }),
  renditions: z.object({
    ...worker,
    RENDITIONS_BUCKET: name,
    ...distribution,
    // Set by Lambda itself; elsewhere one vCPU's worth.
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: z.prefault(wholeNumber, '1769'),
    SEPARATE_OWNERS: z.enum(['true', 'false']),
  }),
  metadata: z.object(worker),
  reconcile: z.object({
    DARKROOM_STAGE: name,
    IMAGES_TABLE: name,
    ORIGINALS_BUCKET: name,
    RENDITIONS_BUCKET: name,
    ...distribution,
    UPLOADS_TOPIC_ARN: name,
    IMAGE_EVENTS_TOPIC_ARN: name,
    RECONCILE_MAX_IMAGES: wholeNumber,
  }),
} as const;

export type Config<F extends keyof typeof configSchemas> = z.infer<(typeof configSchemas)[F]>;
export type WorkerConfig = Config<'metadata'>;

/**
 * The configuration of one function.
 * @throws {Error} naming every variable that is missing or malformed
 */
export function readConfig<F extends keyof typeof configSchemas>(functionName: F): Config<F> {
  const result = z.safeParse(configSchemas[functionName], process.env);
  if (result.success) return result.data as Config<F>;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`The environment of ${functionName} is not complete. ${problems.join('; ')}`);
}
