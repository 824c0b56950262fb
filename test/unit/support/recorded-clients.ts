// The product's own AWS clients, with a recorder in place of the network: what they send can be read as it would have gone
// over the wire, and what they are answered is what AWS would have written.

import { Readable } from 'node:stream';
import { vi } from 'vitest';
import {
  type AwsClients,
  createCloudFrontClient,
  createS3Client,
  createSnsClient,
  createSqsClient,
  createTableClient,
} from '../../../shared/aws/clients.ts';

export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | null>>;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WireAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer, one that depends on the request, or what went wrong with the connection. */
export type Answer = WireAnswer | Error | ((request: SentRequest) => WireAnswer);

/** What the SDK hands to whatever sends its requests. */
interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, string | null>;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
}

export interface RecordedClients extends AwsClients {
  readonly sent: readonly SentRequest[];
  /** What the next requests are answered, in order; everything after that is answered 200 with nothing. */
  answer(...answers: readonly Answer[]): void;
}

/** To be called within a test or a hook: the environment that the clients read is stubbed until it is unstubbed. */
export function createRecordedClients(): RecordedClients {
  const environment = {
    ...{ AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' },
    // A retry would be answered by the next answer.
    ...{ AWS_MAX_ATTEMPTS: '1', AWS_EC2_METADATA_DISABLED: 'true' },
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  for (const name of ['AWS_ENDPOINT_URL', 'AWS_PROFILE', 'AWS_SESSION_TOKEN']) vi.stubEnv(name, undefined);

  const sent: SentRequest[] = [];
  const answers: Answer[] = [];
  const requestHandler = {
    async handle({ method, path, query = {}, headers, body = '' }: HttpRequest) {
      const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
      const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
      const request = { method, path, query, headers: Object.fromEntries(named), body: text };
      sent.push(request);
      const next = answers.shift() ?? {};
      const answer = typeof next === 'function' ? next(request) : next;
      if (answer instanceof Error) throw answer;
      const { status: statusCode = 200, headers: answered = {}, body: content = '' } = answer;
      return { response: { statusCode, headers: answered, body: Readable.from([Buffer.from(content)]) } };
    },
  };
  const recorded = <Client extends { readonly config: object }>(client: Client): Client => {
    Object.assign(client.config, { requestHandler });
    return client;
  };
  return {
    table: recorded(createTableClient()),
    s3: recorded(createS3Client()),
    sqs: recorded(createSqsClient()),
    sns: recorded(createSnsClient()),
    cloudFront: recorded(createCloudFrontClient()),
    sent,
    answer: (...next) => void answers.push(...next),
  };
}

/** An error as DynamoDB and SQS write it. */
export function jsonError(code: string, message: string, status = 400): WireAnswer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({ __type: `com.amazonaws.service#${code}`, message }),
  };
}

/** An error as S3 writes it. */
export function s3Error(code: string, message: string, status: number): WireAnswer {
  return { status, body: `<Error><Code>${code}</Code><Message>${message}</Message></Error>` };
}

/** An error as SNS writes it. */
export function snsError(code: string, message: string, status = 400): WireAnswer {
  return {
    status,
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  };
}
