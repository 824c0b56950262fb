// Who may call the AWS endpoint: programs that hold the data folder's key, for what the engines have, and nobody else.
import { chmod, readFile, stat } from 'node:fs/promises';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListTopicsCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ListQueuesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { credentialsFile, keepCredentials, readCredentials } from '../../scripts/local/credentials.ts';
import { sendAfterContinue } from '../conformance/support/raw-socket.ts';
import { countMessages, makeFolder, region, useEngines } from './support/engines.ts';
import { type Call, formCall, harmlessCalls, jsonCall, sendCall, signCall } from './support/signed-call.ts';

const services = Object.keys(harmlessCalls) as (keyof typeof harmlessCalls)[];
const minuteMs = 60_000;

const { engines } = useEngines('file');

const send = (call: Call) => sendCall(engines.endpoint, call);
const sign = (call: Call, service: string, more: { region?: string; signingDate?: Date } = {}) =>
  signCall(engines.endpoint, call, { credentials: engines.credentials, region, service, ...more });
const withHeader = (call: Call, name: string, value: string): Call => ({
  ...call,
  headers: { ...call.headers, [name]: value },
});

const as = (contentType: string, call: Call) => withHeader(call, 'content-type', contentType);

describe('the key pair of a data folder', () => {
  it('is made once, with a random secret that only its owner can read', async () => {
    const other = await makeFolder();

    const first = keepCredentials(other.path);
    const { mode } = await stat(credentialsFile(other.path));

    expect(mode & 0o777).toBe(0o600);
    expect(first.secretAccessKey).toMatch(/^[\w-]{40}$/);
    expect(first).not.toEqual(engines.credentials);
    expect(keepCredentials(other.path)).toEqual(first);
    await other.remove();
  });

  it('is closed to others again when the file has lost its mode', async () => {
    await chmod(credentialsFile(engines.folder), 0o644);

    keepCredentials(engines.folder);

    expect((await stat(credentialsFile(engines.folder))).mode & 0o777).toBe(0o600);
  });

  it('stands in a file that the AWS CLI and the SDKs read', async () => {
    const { accessKeyId, secretAccessKey } = readCredentials(engines.folder);

    expect(await readFile(credentialsFile(engines.folder), 'utf8')).toBe(
      `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
  });

  it('is missed by name where there is none', () => {
    expect(() => readCredentials('/nowhere')).toThrow('There are no keys in /nowhere/credentials');
  });
});

describe.each(services)('a call to %s', (service) => {
  const call = harmlessCalls[service];

  it('is answered when it is signed with the key of the data folder', async () => {
    expect((await send(await sign(call, service))).status).toBe(200);
  });

  it('is refused without a signature', async () => {
    const answer = await send(call);

    // Without a scope, a call of STS looks like one of SNS: refused all the same.
    expect(answer).toMatchObject({
      status: 403,
      text: expect.stringContaining('MissingAuthenticationToken'),
    });
  });

  it('is refused with another secret, key, region or service', async () => {
    const { accessKeyId, secretAccessKey } = engines.credentials;
    const signed = [
      { credentials: { accessKeyId, secretAccessKey: 'darkroom-local-secret' }, region, service },
      { credentials: { accessKeyId: 'darkroom-local', secretAccessKey }, region, service },
      { credentials: engines.credentials, region: 'us-east-1', service },
    ];

    const answers = await Promise.all(
      signed.map(async (signing) => send(await signCall(engines.endpoint, call, signing))),
    );

    expect(answers.map((answer) => answer.status)).toEqual([403, 403, 400]);
  });

  it.each([-16, 16])('is refused when its clock is %i minutes off', async (minutes) => {
    const signingDate = new Date(Date.now() + minutes * minuteMs);

    const answer = await send(await sign(call, service, { signingDate }));

    expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('InvalidSignature') });
  });

  it('is refused with another body than was signed, or a header that was not', async () => {
    const signed = await sign(call, service);

    const answers = [
      await send({ ...signed, body: `${signed.body} ` }),
      await send(withHeader(signed, 'x-amz-extra', '1')),
    ];

    expect(answers.map((answer) => answer.status)).toEqual([403, 403]);
  });

  it.each([
    ['an Origin', 'origin', 'https://page.example'],
    ['the origin of a file', 'origin', 'null'],
    ['the mark of a page elsewhere', 'sec-fetch-site', 'cross-site'],
    ['the mark of a page of its own', 'sec-fetch-site', 'same-origin'],
  ])('is refused with %s, whoever signed it', async (_what, name, value) => {
    const answer = await send(withHeader(await sign(call, service), name, value));

    expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('AccessDenied') });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('is refused by another method, at another path or with a query', async () => {
    const signed = [
      await sign({ ...call, method: 'GET', body: '' }, service),
      await sign({ ...call, path: '/_fauxqs/queues' }, service),
      { ...(await sign(call, service)), path: '/?Action=ListQueues' },
    ];

    const answers = await Promise.all(signed.map(send));

    expect(answers.map((answer) => answer.status)).toEqual([400, 400, 400]);
  });
});

describe('an engine', () => {
  it.each<[what: string, service: string, call: Call]>([
    ['an action of no engine', 'sqs', jsonCall('AmazonSQS.AddPermission', '{}')],
    ['an action of another service', 'sqs', jsonCall('DynamoDB_20120810.Publish', '{}')],
    ['an action of SNS that it does not have', 'sns', formCall('Action=AddPermission')],
    ['an action of STS that it does not have', 'sts', formCall('Action=AssumeRole')],
    [
      'an action of DynamoDB that it does not have',
      'dynamodb',
      jsonCall('DynamoDB_20120810.TransactWriteItems', '{}'),
    ],
    ['the query protocol of SQS', 'sqs', formCall('Action=ListQueues')],
    ['JSON that says it is something else', 'sqs', as('text/plain', jsonCall('AmazonSQS.ListQueues', '{}'))],
    ['a form that says it is something else', 'sns', as('text/plain', formCall('Action=ListTopics'))],
  ])('never sees %s', async (_what, service, call) => {
    const answer = await send(await sign(call, service));

    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('InvalidAction') });
  });

  it.each(['GET', 'PUT', 'POST', 'DELETE'])(
    'of queues is no way around S3: a %s of an object under its name is refused',
    async (method) => {
      const call = { method, path: '/bucket/key', headers: { 'content-type': 'text/plain' }, body: '' };

      expect((await send(await sign(call, 'sqs'))).status).toBe(400);
    },
  );

  it('of tables never answers a preflight', async () => {
    const credential = `key%2F20260101%2F${region}%2Fdynamodb%2Faws4_request`;
    const preflight = {
      method: 'OPTIONS',
      headers: { origin: 'https://page.example', 'access-control-request-method': 'POST' },
      body: '',
    };

    const answers = [
      await send({ ...preflight, path: `/?X-Amz-Credential=${credential}` }),
      await send(await sign({ ...preflight, path: '/' }, 'dynamodb')),
    ];

    for (const answer of answers) {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('gets large bodies whole, and waits for those that are announced', async () => {
    const { sqs } = engines.clients;
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'large' }));
    const MessageBody = 'x'.repeat(250_000);

    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    const call = jsonCall('AmazonSQS.SendMessage', JSON.stringify({ QueueUrl, MessageBody }));
    const { method, headers, body } = await sign(call, 'sqs');
    const length = String(Buffer.byteLength(body));
    const waiting = { ...headers, 'content-length': length, expect: '100-continue' };
    const answer = await sendAfterContinue({ method, url: `${engines.endpoint}/`, headers: waiting }, body);

    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200/);
    expect(await countMessages(engines, QueueUrl)).toEqual({ visible: 2, inFlight: 0 });
  });

  it('is reached by the SDK as ever', async () => {
    const { sqs, sns, dynamodb } = engines.clients;

    await expect(sqs.send(new ListQueuesCommand({}))).resolves.toBeDefined();
    await expect(sns.send(new ListTopicsCommand({}))).resolves.toBeDefined();
    await expect(dynamodb.send(new ListTablesCommand({}))).resolves.toMatchObject({ TableNames: [] });
  });
});

describe('a request for another host', () => {
  const hosts = [
    'page.example',
    'localhost.page.example',
    '127.0.0.1.page.example:4566',
    '[::2]',
    'example@localhost',
  ];

  it.each(hosts)('is refused, since any name can lead to this machine: %s', async (host) => {
    const signed = await Promise.all(services.map((service) => sign(harmlessCalls[service], service)));
    const calls: Call[] = [...signed, { method: 'GET', path: '/bucket/key', headers: {}, body: '' }];

    const answers = await Promise.all(calls.map((call) => send(withHeader(call, 'host', host))));

    expect(answers.map((answer) => answer.status)).toEqual(calls.map(() => 403));
    expect(answers[0]?.text).toContain(`The host "${host}" is not served here`);
  });

  it.each(['localhost:4566', '127.0.0.1', '[::1]:80', 'LOCALHOST'])('is none for %s', async (host) => {
    const answer = await send({ method: 'GET', path: '/', headers: { host }, body: '' });

    expect(answer.text).not.toContain('is not served here');
  });
});
