// Over the compiled template: which calls of AWS services the policies of buckets, topics and queues allow, asked as IAM would be
// asked. Each is allowed on behalf of this stage's resources alone.
import { beforeAll, describe, expect, it } from 'vitest';
import { account, compileStage, originals, queue, renditions, type Stage, topic } from './support/asked.ts';
import { isAllowedToService } from './support/policies.ts';

/** What a service of AWS asks of a resource, and on whose behalf. */
interface ServiceCall {
  readonly service: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

const page = `arn:aws:s3:::darkroom-prod-page-${account}-eu-central-1`;
const distribution = (id: string) => ({
  'aws:SourceArn': `arn:aws:cloudfront::${account}:distribution/${id}`,
  'aws:SourceAccount': account,
});

const notification: ServiceCall = {
  service: 's3.amazonaws.com',
  action: 'sns:Publish',
  resource: topic('uploads'),
  context: { 'aws:SourceArn': originals, 'aws:SourceAccount': account },
};
const delivery = (name: string): ServiceCall => ({
  service: 'sns.amazonaws.com',
  action: 'sqs:SendMessage',
  resource: queue(name),
  context: { 'aws:SourceArn': topic('uploads'), 'aws:SourceAccount': account },
});
const read: ServiceCall = {
  service: 'cloudfront.amazonaws.com',
  action: 's3:GetObject',
  resource: `${renditions}/renditions/image/medium.webp`,
  context: distribution('Distribution'),
};

let stage: Stage;
const may = (call: ServiceCall) => isAllowedToService(stage.resources, call.service, call);

beforeAll(async () => {
  stage = await compileStage();
});

describe('a service may', () => {
  it.each([
    ['publish to the topic of uploads, as S3', notification],
    ['send to the renditions queue, as SNS', delivery('renditions')],
    ['send to the metadata queue, as SNS', delivery('metadata')],
    ['send to the DLQ of renditions, as SNS', delivery('renditions-dlq')],
    ['send to the DLQ of metadata, as SNS', delivery('metadata-dlq')],
    ['read a rendition, as CloudFront', read],
    ['read the page, as CloudFront', { ...read, resource: `${page}/index.html` }],
  ])('%s', (_what, call) => {
    expect(may(call)).toBe(true);
  });
});

const otherAccount = '999999999999';

describe('a service may not', () => {
  it.each([
    ['publish on behalf of another bucket', notification, { 'aws:SourceArn': renditions }],
    ['publish on behalf of another account', notification, { 'aws:SourceAccount': otherAccount }],
    ['send on behalf of another topic', delivery('renditions'), { 'aws:SourceArn': topic('image-events') }],
    ['read on behalf of another distribution', read, distribution('Other')],
    [
      'read on behalf of another account’s distribution',
      read,
      { 'aws:SourceArn': `arn:aws:cloudfront::${otherAccount}:distribution/Distribution` },
    ],
    ['read without TLS', read, { 'aws:SecureTransport': 'false' }],
    ['publish without TLS', notification, { 'aws:SecureTransport': 'false' }],
    ['send without TLS', delivery('metadata'), { 'aws:SecureTransport': 'false' }],
  ])('%s', (_what, call, context) => {
    expect(may({ ...call, context: { ...call.context, ...context } })).toBe(false);
  });

  it.each([
    ['read originals', { ...read, resource: `${originals}/originals/image` }],
    ['read what is no rendition', { ...read, resource: `${renditions}/elsewhere/image` }],
    ['write renditions', { ...read, action: 's3:PutObject' }],
    ['delete renditions', { ...read, action: 's3:DeleteObject' }],
    ['write the page', { ...read, action: 's3:PutObject', resource: `${page}/index.html` }],
    ['receive from a queue', { ...delivery('renditions'), action: 'sqs:ReceiveMessage' }],
    ['send to the rejections queue', delivery('rejections')],
    ['publish to the topic of image events', { ...notification, resource: topic('image-events') }],
    ['publish uploads when it is not S3', { ...notification, service: 'events.amazonaws.com' }],
  ])('%s', (_what, call) => {
    expect(may(call)).toBe(false);
  });
});
