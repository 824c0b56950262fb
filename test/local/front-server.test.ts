// The front server: which engine gets which request, unbuffered, and what a taken port says.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { type FrontServer, startFrontServer } from '../../scripts/local/engines/front-server.ts';
import { serviceOf } from '../../scripts/local/engines/route.ts';
import { probePort } from '../../scripts/local/settings.ts';
import { harmlessCalls, sendCall, signCall } from './support/signed-call.ts';

const region = 'eu-central-1';
const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
const servers: FrontServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(port = 0) {
  const server = await startFrontServer(port, region);
  servers.push(server);
  return server;
}

function named(name: string) {
  return {
    handle: (_request: IncomingMessage, response: ServerResponse) => void response.end(name),
  };
}

function signedFor(service: string) {
  return `AWS4-HMAC-SHA256 Credential=key/20260101/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

describe('the service of a request', () => {
  it.each<[what: string, request: Parameters<typeof serviceOf>[0], service: string]>([
    [
      'the scope of its signature',
      { method: 'POST', url: '/', headers: { authorization: signedFor('sns') } },
      'sns',
    ],
    [
      'nothing but S3 for a signed URL',
      {
        method: 'PUT',
        url: '/bucket/key?X-Amz-Credential=key%2F20260101%2Feu-central-1%2Fs3%2Faws4_request&X-Amz-Signature=0',
        headers: {},
      },
      's3',
    ],
    [
      'the target of an unsigned SQS call',
      { method: 'POST', url: '/', headers: { 'x-amz-target': 'AmazonSQS.SendMessage' } },
      'sqs',
    ],
    [
      'the target of an unsigned DynamoDB call',
      { method: 'POST', url: '/', headers: { 'x-amz-target': 'DynamoDB_20120810.GetItem' } },
      'dynamodb',
    ],
    [
      'the form of an unsigned SNS call',
      {
        method: 'POST',
        url: '/',
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      },
      'sns',
    ],
    ['an action in the query', { method: 'GET', url: '/?Action=ListTopics', headers: {} }, 'sns'],
    [
      'an upload form to a bucket',
      { method: 'POST', url: '/bucket', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
      's3',
    ],
    [
      'nothing but S3 for a signed URL that names another service',
      {
        method: 'POST',
        url: `/?X-Amz-Credential=key%2F20260101%2F${region}%2Fdynamodb%2Faws4_request`,
        headers: {},
      },
      's3',
    ],
    [
      'nothing but S3 for a preflight that names another service',
      { method: 'OPTIONS', url: '/', headers: { authorization: signedFor('dynamodb') } },
      's3',
    ],
    ['a preflight', { method: 'OPTIONS', url: '/bucket/key', headers: { origin: 'http://localhost' } }, 's3'],
    ['an anonymous read', { method: 'GET', url: '/bucket/key', headers: {} }, 's3'],
    [
      'a service that is not here',
      { method: 'POST', url: '/', headers: { authorization: signedFor('kms') } },
      'kms',
    ],
  ])('follows %s', (_what, request, service) => {
    expect(serviceOf(request)).toBe(service);
  });
});

describe('the front server', () => {
  it('hands each request to the engine of its service', async () => {
    const server = await start();
    server.serve({ s3: named('s3'), sqs: named('sqs') }, credentials);
    const call = await signCall(server.endpoint, harmlessCalls.sqs, { credentials, region, service: 'sqs' });

    const object = await sendCall(server.endpoint, {
      method: 'GET',
      path: '/bucket/key',
      headers: {},
      body: '',
    });

    expect([object.text, (await sendCall(server.endpoint, call)).text]).toEqual(['s3', 'sqs']);
  });

  it('gives an engine the body that was verified', async () => {
    const server = await start();
    const echo = {
      handle: async (request: IncomingMessage, response: ServerResponse) =>
        void response.end(await text(request)),
    };
    server.serve({ sqs: echo }, credentials);
    const call = { ...harmlessCalls.sqs, body: 'a body' };

    const signed = await signCall(server.endpoint, call, { credentials, region, service: 'sqs' });

    expect((await sendCall(server.endpoint, signed)).text).toBe('a body');
  });

  it('answers 501 by name for a service that it does not have', async () => {
    const server = await start();
    server.serve({ s3: named('s3') }, credentials);

    const answer = await fetch(server.endpoint, {
      method: 'POST',
      headers: { authorization: signedFor('kms') },
    });

    expect(answer.status).toBe(501);
    expect(await answer.text()).toContain('kms');
  });

  it('passes a body on while it is still being sent', async () => {
    const server = await start();
    const { promise: firstPart, resolve } = Promise.withResolvers<string>();
    const s3 = {
      handle: (request: IncomingMessage, response: ServerResponse) => {
        request.once('data', (part) => resolve(String(part)));
        request.on('end', () => response.end('done'));
      },
    };
    server.serve({ s3 }, credentials);
    const { readable, writable } = new TransformStream();
    const writer = writable.getWriter();

    const answer = fetch(`${server.endpoint}/bucket/key`, { method: 'PUT', body: readable, duplex: 'half' });
    await writer.write(new TextEncoder().encode('first'));

    expect(await firstPart).toBe('first');
    await writer.close();
    expect(await (await answer).text()).toBe('done');
  });

  it('answers 500 when an engine throws, and goes on', async () => {
    const server = await start();
    server.serve({ s3: { handle: () => Promise.reject(new Error('broken')) } }, credentials);

    const answers = [await fetch(server.endpoint), await fetch(server.endpoint)];

    expect(answers.map((answer) => answer.status)).toEqual([500, 500]);
  });

  it('listens on loopback only', async () => {
    const { endpoint } = await start();

    expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});

describe('a taken port', () => {
  async function takePort() {
    const holder = createServer();
    await new Promise<void>((fulfil) => holder.listen(0, '127.0.0.1', fulfil));
    const address = holder.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return { port, free: () => new Promise((fulfil) => holder.close(fulfil)) };
  }

  it('is refused with the setting to change, for the AWS endpoint', async () => {
    const { port, free } = await takePort();

    await expect(startFrontServer(port, region)).rejects.toThrow(
      `Port ${port} is taken: free it, or set awsPort to another port.`,
    );
    await free();
  });

  it('is refused with the setting to change, for the API', async () => {
    const { port, free } = await takePort();

    await expect(probePort(port)).rejects.toThrow(
      `Port ${port} is taken: free it, or set apiPort to another port.`,
    );
    await free();
  });

  it('is free again after it was probed', async () => {
    const port = await probePort();

    expect(await probePort(port)).toBe(port);
  });
});
