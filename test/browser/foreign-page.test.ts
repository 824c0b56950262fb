// What a web page of another origin can do to the laptop that runs the stack: use the API as the API's CORS allows,
// follow the URLs that the API signed for it, and nothing else, even if it knew the keys.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Credentials, readCredentials } from '../../scripts/local/credentials.ts';
import { type RunningStack, startStack } from '../../scripts/stack/running-stack.ts';
import { formCall, jsonCall, signCall } from '../local/support/signed-call.ts';
import { removeStackFolder } from '../support/stack-folder.ts';
import { type Attempt, type ForeignPage, hasBrowser, openForeignPage } from './support/foreign-page.ts';

const region = 'eu-central-1';

let folder: string;
let stack: RunningStack;
let page: ForeignPage;
let keys: Credentials;
let aws: string;

beforeAll(async () => {
  if (!hasBrowser) return;
  folder = await mkdtemp(join(tmpdir(), 'darkroom-browser-'));
  stack = await startStack({ folder });
  keys = readCredentials(join(folder, 'data'));
  aws = `http://127.0.0.1:${stack.ports.aws}`;
  page = await openForeignPage();
});
afterAll(async () => {
  await page?.close();
  await stack?.kill();
  if (folder) await removeStackFolder(folder);
});

/** A queue that hears a topic, and that nobody empties. */
async function makeTopicWithQueue() {
  const { sns, sqs } = stack.stage.clients;
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'heard' }));
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
  const { Attributes } = await sqs.send(command);
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'spoken' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: Attributes?.['QueueArn'] }));
  return { QueueUrl, TopicArn };
}

/** What a page could change. */
async function contents(QueueUrl: string) {
  const { clients, tableName } = stack.stage;
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  const { Attributes } = await clients.sqs.send(command);
  const { Items = [] } = await clients.table.send(new ScanCommand({ TableName: tableName }));
  return { messages: Attributes?.['ApproximateNumberOfMessages'], items: Items.length };
}

/** A signed call as a page would send it: it may not set the host, which the browser sets right by itself. */
async function signed(service: string, call: ReturnType<typeof jsonCall>): Promise<Attempt> {
  const { method, headers, body } = await signCall(aws, call, { credentials: keys, region, service });
  const { host: _setByTheBrowser, ...others } = headers;
  return { url: aws, method, headers: others, body };
}

/** The same without what would make the browser ask first: a form post, with the signature's scope in the query. */
function unasked(service: string, body: string, path = '/'): Attempt {
  const credential = `${keys.accessKeyId}/20260101/${region}/${service}/aws4_request`;
  const url = `${aws}${path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(credential)}`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { url, method: 'POST', mode: 'no-cors', headers, body };
}

describe.skipIf(!hasBrowser)('a page of another origin (skipped where /usr/bin/chromium is not)', () => {
  it('reads nothing of any service, though its calls are signed with the right key', async () => {
    const listBuckets = await getSignedUrl(stack.stage.clients.s3, new ListBucketsCommand({}));
    const attempts = [
      { url: listBuckets },
      await signed('sqs', jsonCall('AmazonSQS.ListQueues', '{}')),
      await signed('sns', formCall('Action=ListTopics')),
      await signed('dynamodb', jsonCall('DynamoDB_20120810.ListTables', '{}')),
      { url: `${aws}/_fauxqs/queues` },
      { url: `${aws}/health` },
      { url: aws },
    ];

    for (const attempt of attempts) expect(await page.attempt(attempt)).toEqual({ kind: 'nothing' });
  });

  it('publishes, sends, invokes and writes nothing, whether the browser asks first or not', async () => {
    const { tableName } = stack.stage;
    const { QueueUrl, TopicArn } = await makeTopicWithQueue();
    const publish = `Action=Publish&TopicArn=${encodeURIComponent(TopicArn)}&Message=evil`;
    const message = JSON.stringify({ QueueUrl, MessageBody: 'evil' });
    const item = JSON.stringify({ TableName: tableName, Item: { imageId: { S: 'evil' } } });
    const before = await contents(QueueUrl);
    const attempts = [
      await signed('sns', formCall(publish)),
      unasked('sns', publish),
      { ...unasked('sns', publish), url: aws },
      await signed('sqs', jsonCall('AmazonSQS.SendMessage', message)),
      unasked('sqs', `Action=SendMessage&QueueUrl=${QueueUrl}&MessageBody=evil`),
      unasked('sqs', message, '/bucket/key'),
      await signed('dynamodb', jsonCall('DynamoDB_20120810.PutItem', item)),
      unasked('dynamodb', item),
      { ...unasked('lambda', '{}'), url: `${aws}/2015-03-31/functions/darkroom-test-reconcile/invocations` },
      {
        ...unasked('lambda', '{}'),
        url: `${stack.api}/2015-03-31/functions/darkroom-test-reconcile/invocations`,
      },
    ];

    for (const attempt of attempts) {
      expect(await page.attempt(attempt)).not.toMatchObject({ kind: 'answer', status: 200 });
    }
    expect(await contents(QueueUrl)).toEqual(before);
  });

  it('gets nowhere under a name of its own that leads to this machine', async () => {
    const answers = [
      await page.open(`http://rebound.example:${stack.ports.aws}/`),
      await page.open(`http://rebound.example:${stack.ports.api}/health`),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
    expect(answers[0]?.text).toContain('The host "rebound.example');
  });

  it('uses the API as its CORS allows: an offer, the upload, the status', async () => {
    const body = 'the bytes of a file';
    const authorization = `Bearer ${await stack.tokenOf()}`;
    const offered = await page.attempt({
      url: `${stack.api}/uploads`,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ contentType: 'image/jpeg', contentLength: body.length }),
    });
    const { imageId, upload } = JSON.parse(offered.kind === 'answer' ? offered.text : '{}');

    const stored = await page.attempt({ ...upload, body });
    const image = await page.attempt({ url: `${stack.api}/images/${imageId}`, headers: { authorization } });

    expect(offered).toMatchObject({ kind: 'answer', status: 201 });
    expect(stored).toMatchObject({ kind: 'answer', status: 200 });
    expect(image).toMatchObject({ kind: 'answer', status: 200, text: expect.stringContaining(imageId) });
  });
});
