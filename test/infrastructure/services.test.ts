// Over the compiled template: what one service of AWS may do for another, asked as IAM would be. S3 tells the topic of uploads, that
// fills the workers' queues and their DLQs, CloudFront reads what it delivers; and each does so for this stage alone.
import { beforeAll, describe, expect, it } from 'vitest';
import { account, compileStage, originals, queue, renditions, type Stage, topic } from './support/asked.ts';
import { isAllowedToService } from './support/policies.ts';

interface Hand {
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

const notification: Hand = {
  service: 's3.amazonaws.com',
  action: 'sns:Publish',
  resource: topic('uploads'),
  context: { 'aws:SourceArn': originals, 'aws:SourceAccount': account },
};
const delivery = (name: string): Hand => ({
  service: 'sns.amazonaws.com',
  action: 'sqs:SendMessage',
  resource: queue(name),
  context: { 'aws:SourceArn': topic('uploads'), 'aws:SourceAccount': account },
});
const fetched: Hand = {
  service: 'cloudfront.amazonaws.com',
  action: 's3:GetObject',
  resource: `${renditions}/renditions/image/medium.webp`,
  context: distribution('Distribution'),
};

let stage: Stage;
const may = (hand: Hand) => isAllowedToService(stage.resources, hand.service, hand);

beforeAll(async () => {
  stage = await compileStage();
});

describe('a service', () => {
  it.each([
    ['S3 tells the topic of uploads', notification],
    ['SNS fills the renditions queue', delivery('renditions')],
    ['SNS fills the metadata queue', delivery('metadata')],
    ['SNS leaves in a DLQ what it could not deliver', delivery('renditions-dlq')],
    ['CloudFront reads a rendition', fetched],
    ['CloudFront reads the page', { ...fetched, resource: `${page}/index.html` }],
  ])('may: %s', (_what, hand) => {
    expect(may(hand)).toBe(true);
  });
});

const otherAccount = '999999999999';

describe('a service may not act', () => {
  it.each([
    ['for another bucket', notification, { 'aws:SourceArn': renditions }],
    ['for a bucket of another account', notification, { 'aws:SourceAccount': otherAccount }],
    ['for another topic', delivery('renditions'), { 'aws:SourceArn': topic('image-events') }],
    ['for another distribution', fetched, distribution('Other')],
    [
      'for a distribution of another account',
      fetched,
      { 'aws:SourceArn': `arn:aws:cloudfront::${otherAccount}:distribution/Distribution` },
    ],
    ['without TLS', fetched, { 'aws:SecureTransport': 'false' }],
    ['without TLS on a queue', delivery('metadata'), { 'aws:SecureTransport': 'false' }],
  ])('%s', (_what, hand, context) => {
    expect(may({ ...hand, context: { ...hand.context, ...context } })).toBe(false);
  });

  it.each([
    ['on originals', { ...fetched, resource: `${originals}/originals/image` }],
    ['beside the renditions', { ...fetched, resource: `${renditions}/elsewhere/image` }],
    ['by writing', { ...fetched, action: 's3:PutObject' }],
    ['by deleting', { ...fetched, action: 's3:DeleteObject' }],
    ['by taking messages', { ...delivery('renditions'), action: 'sqs:ReceiveMessage' }],
    ['on the rejections', delivery('rejections')],
    ['on the topic of image events', { ...notification, resource: topic('image-events') }],
    ['as another service', { ...notification, service: 'events.amazonaws.com' }],
  ])('%s', (_what, hand) => {
    expect(may(hand)).toBe(false);
  });
});
