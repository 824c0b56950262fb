// Requests as they go over the wire: nothing added, nothing repaired, so that tests can tamper with them.
// Signing is the SDK's own signer, without the client around it.
import { type IncomingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Endpoint } from './endpoint.ts';

export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The Code element of an error document. */
  readonly code: string | undefined;
  readonly text: string;
}

/** Sends exactly what is given; Content-Length is added for a body unless a length or framing is named. */
export async function sendRaw({ method, url, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  const framed = names.includes('content-length') || names.includes('transfer-encoding');
  const length = body === undefined || framed ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const sent = request(url, { method, headers: { ...length, ...headers } }, (response) => {
    buffer(response).then((bytes) => {
      const text = bytes.toString('utf8');
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: bytes,
        text,
        code: /<Code>([^<]+)<\/Code>/.exec(text)?.[1],
      });
    }, reject);
  });
  sent.on('error', reject);
  sent.end(body);
  return promise;
}

export interface SignOptions {
  readonly method: string;
  /** Decoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  readonly signingDate?: Date;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The signer for an endpoint, as the S3 client sets it up. */
export function signerFor(
  endpoint: Endpoint,
  options: Pick<SignOptions, 'region' | 'credentials'> = {},
): SignatureV4 {
  return new SignatureV4({
    service: 's3',
    region: options.region ?? endpoint.region,
    credentials: options.credentials ?? endpoint.credentials,
    sha256: Sha256,
    uriEscapePath: false,
  });
}

/** Signs with an Authorization header; every header given is signed. */
export async function signRaw(endpoint: Endpoint, options: SignOptions): Promise<RawRequest> {
  const { method, path, query = {}, headers = {}, body, signingDate } = options;
  const target = new URL(endpoint.url);
  const signed = await signerFor(endpoint, options).sign(
    {
      method,
      protocol: target.protocol,
      hostname: target.hostname,
      path: encodePath(path),
      query: { ...query },
      headers: { host: target.host, ...headers },
      body,
    },
    signingDate === undefined ? {} : { signingDate },
  );
  const search = new URLSearchParams(query).toString();
  const url = `${endpoint.url}${encodePath(path)}${search === '' ? '' : `?${search}`}`;
  return { method, url, headers: { ...signed.headers }, ...(body !== undefined && { body }) };
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
