// Calls to the AWS endpoint as they go over the wire: signed by the SDK's own signer, or tampered with.
import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../../../scripts/local/credentials.ts';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface CallAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A call of each service that changes nothing. */
export const harmlessCalls = {
  sqs: jsonCall('AmazonSQS.ListQueues', '{}'),
  dynamodb: jsonCall('DynamoDB_20120810.ListTables', '{}'),
  sns: formCall('Action=ListTopics&Version=2010-03-31'),
  sts: formCall('Action=GetCallerIdentity&Version=2011-06-15'),
} as const satisfies Record<string, Call>;

export function jsonCall(target: string, body: string): Call {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
  return { method: 'POST', path: '/', headers, body };
}

export function formCall(body: string): Call {
  const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  return { method: 'POST', path: '/', headers, body };
}

export interface Signing {
  readonly credentials: Credentials;
  readonly region: string;
  readonly service: string;
  readonly signingDate?: Date;
}

/** The call with an Authorization header. */
export async function signCall(endpoint: string, call: Call, signing: Signing): Promise<Call> {
  const { host, hostname } = new URL(endpoint);
  const { signingDate, ...configuration } = signing;
  const signer = new SignatureV4({ ...configuration, sha256: Sha256 });
  const signed = await signer.sign(
    { ...call, protocol: 'http:', hostname, headers: { host, ...call.headers } },
    signingDate && { signingDate },
  );
  return { ...call, headers: signed.headers };
}

/** Sends exactly this. */
export async function sendCall(endpoint: string, { method, path, headers, body }: Call): Promise<CallAnswer> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers }, async (response) => {
      const { statusCode = 0, headers: answered } = response;
      resolve({ status: statusCode, headers: answered, text: await text(response) });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
