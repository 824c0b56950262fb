// Reads the error an SDK call was refused with.
import { S3ServiceException } from '@aws-sdk/client-s3';

export interface Refusal {
  readonly code: string;
  readonly status: number | undefined;
  readonly message: string;
}

/** Waits for the refusal of a call. @throws {Error} when the call succeeds, or fails without an answer */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await call.then(
    () => new Error('the call was expected to be refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof S3ServiceException)) throw error;
  return { code: error.name, status: error.$metadata.httpStatusCode, message: error.message };
}
