// The environment of a function: read whole or refused whole, with every fault told at once.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { configSchemas, readConfig } from '../../shared/config.ts';

const complete = {
  ...{ IMAGES_TABLE: 'images', ORIGINALS_BUCKET: 'originals' },
  ...{ MAX_UPLOAD_BYTES: '104857600', UPLOAD_EXPIRY_SECONDS: '900' },
  ...{ MAX_OPEN_UPLOADS: '200', MAX_IMAGES: '1000' },
  ...{ MAX_STORED_BYTES: '5000', MAX_REJECTED_PER_HOUR: '10' },
};
const worker = {
  DARKROOM_STAGE: 'prod',
  ...{ IMAGES_TABLE: 'images', IMAGE_EVENTS_TOPIC_ARN: 'arn', QUEUE_URL: 'https://queue' },
  ...{
    DEAD_LETTER_QUEUE_URL: 'https://dead',
    REJECTIONS_QUEUE_URL: 'https://rejected',
    ORIGINAL_SOURCES: 'originals/originals/',
  },
  ...{ MAX_RECEIVE_COUNT: '5', VISIBILITY_TIMEOUT_SECONDS: '360', RETRY_BACKOFF_BASE_SECONDS: '0' },
  UNISSUED_OWNER: 'unowned',
};

const setting = (environment: Record<string, string | undefined>) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
};

beforeEach(() => {
  const names = Object.values(configSchemas).flatMap((schema) => Object.keys(schema.shape));
  for (const name of names) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('readConfig', () => {
  it('reads names as they are and numbers as numbers', () => {
    setting(complete);

    expect(readConfig('createUpload')).toEqual({
      ...{ IMAGES_TABLE: 'images', ORIGINALS_BUCKET: 'originals' },
      ...{ MAX_UPLOAD_BYTES: 104_857_600, UPLOAD_EXPIRY_SECONDS: 900 },
      ...{ MAX_OPEN_UPLOADS: 200, MAX_IMAGES: 1000, MAX_STORED_BYTES: 5000, MAX_REJECTED_PER_HOUR: 10 },
    });
  });

  it('takes what Lambda sets, and one vCPU’s worth of memory where it does not', () => {
    setting({ ...worker, RENDITIONS_BUCKET: 'renditions', SEPARATE_OWNERS: 'false' });
    expect(readConfig('renditions')).toMatchObject({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: 1769 });
    expect(readConfig('renditions')).not.toHaveProperty('LD_LIBRARY_PATH');

    setting({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '2048', LD_LIBRARY_PATH: '/lib' });

    expect(readConfig('renditions')).toMatchObject({
      ...{ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: 2048, LD_LIBRARY_PATH: '/lib' },
    });
  });

  it.each(['', 'me', 'local', 'own-', `own-${'A'.repeat(32)}`, `own-${'a'.repeat(33)}`, 'unowned '])(
    'refuses "%s" as an owner, and takes an owner ID',
    (value) => {
      setting({ ...worker, UNISSUED_OWNER: value });
      expect(() => readConfig('metadata')).toThrow('UNISSUED_OWNER: ');

      setting({ UNISSUED_OWNER: `own-${'a'.repeat(32)}` });

      expect(readConfig('metadata').UNISSUED_OWNER).toMatch(/^own-/);
    },
  );

  it.each(['-1', '1.5', 'many', '', ' '])(
    'refuses "%s" where a whole number is wanted, and takes 0',
    (value) => {
      setting({ ...complete, UPLOAD_EXPIRY_SECONDS: value });
      expect(() => readConfig('createUpload')).toThrow('UPLOAD_EXPIRY_SECONDS');

      setting({ UPLOAD_EXPIRY_SECONDS: '0' });

      expect(readConfig('createUpload')).toMatchObject({ UPLOAD_EXPIRY_SECONDS: 0 });
    },
  );

  it('names the function and everything that is missing, empty or malformed at once', () => {
    setting({ IMAGES_TABLE: '', MAX_UPLOAD_BYTES: 'many' });

    expect(() => readConfig('createUpload')).toThrow(
      /createUpload is not complete. IMAGES_TABLE: .*; ORIGINALS_BUCKET: .*; MAX_UPLOAD_BYTES: .*; UPLOAD_EXPIRY_SECONDS: /,
    );
  });
});
