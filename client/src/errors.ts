// What can go wrong, as classes to tell apart: the API says no, S3 says no, nobody answers, or the image did not become ready.

import type { Image, Problem } from './model.ts';

/** What all errors of this library are. An aborted call throws the reason of its signal instead. */
export class DarkroomError extends Error {
  override readonly name: string = 'DarkroomError';
}

/** The API answered with an error. */
export class ApiError extends DarkroomError {
  override readonly name = 'ApiError';
  /** Of HTTP. */
  readonly status: number;
  /** What is wrong, for programs; absent when the answer was no problem document. */
  readonly code: Problem['code'] | undefined;
  /** What the operator of the API finds the request by. */
  readonly requestId: string | undefined;
  /** Every field at fault, with its limit. */
  readonly fields: NonNullable<Problem['errors']>;
  /** When to ask again, if the API said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, problem: Partial<Problem>, retryAfterSeconds?: number) {
    super(problem.detail ?? `The API answered ${status}.`);
    this.status = status;
    this.code = problem.code;
    this.requestId = problem.requestId;
    this.fields = problem.errors ?? [];
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** S3 refused the file. */
export class UploadError extends DarkroomError {
  override readonly name = 'UploadError';
  /** Of HTTP. */
  readonly status: number;
  /** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
  readonly code: string | undefined;

  constructor(status: number, code: string | undefined, message: string | undefined) {
    super(
      `S3 refused the upload: ${[code, message].filter(Boolean).join(': ') || 'no reason given'} (${status})`,
    );
    this.status = status;
    this.code = code;
  }
}

/**
 * The reason to abort an upload with that is to be continued later: it stops at once, and what was begun of it is kept for
 * `upload(file, { resume })`. Any other reason deletes it.
 */
export class UploadPaused extends DarkroomError {
  override readonly name = 'UploadPaused';

  constructor() {
    super('The upload is paused.');
  }
}

/** Nobody answered, or not in time. `cause` is what the platform says about it. */
export class ConnectionError extends DarkroomError {
  override readonly name = 'ConnectionError';
}

/** The file arrived, but the image is not ready and will not be: `image.failure` says why. */
export class ImageError extends DarkroomError {
  override readonly name = 'ImageError';
  readonly image: Image;

  constructor(image: Image) {
    super(image.failure?.message ?? `The image is ${image.status}.`);
    this.image = image;
  }
}
