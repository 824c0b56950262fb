// CreateBucket, HeadBucket, DeleteBucket, ListBuckets and GetBucketLocation.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
import { z } from 'zod';
import { readDocument } from '../body/read-document.ts';
import { S3Error } from '../errors.ts';
import { bucketOf, type Handler } from '../exchange.ts';
import { readContinuationToken, writeContinuationToken } from '../listing.ts';
import { sendEmpty, sendXml } from '../respond.ts';
import { readXml, type XmlElement } from '../xml.ts';

const bucketName =
  /^(?!xn--|sthree-|amzn-s3-demo-)(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const reservedSuffix = /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;
const homeRegion = 'us-east-1';
const bucketConfiguration = z.object({ LocationConstraint: z.string().optional() });

export const createBucket: Handler = async (exchange) => {
  const { request, response, server } = exchange;
  const bucket = bucketOf(request);
  if (!bucketName.test(bucket) || reservedSuffix.test(bucket)) {
    throw new S3Error('InvalidBucketName', { details: { BucketName: bucket } });
  }
  const { region, clock } = server.authority;
  const hasBody =
    request.headers.has('transfer-encoding') || Number(request.headers.get('content-length')) > 0;
  const body = hasBody ? await readDocument(exchange, { digestRequired: false }) : undefined;
  const configuration = body && readXml(body, 'CreateBucketConfiguration', [], bucketConfiguration);
  // A bucket asked for without a region is asked for in us-east-1.
  const asked = configuration?.LocationConstraint ?? homeRegion;
  if (asked !== region) {
    throw new S3Error('IllegalLocationConstraintException', {
      message: `The ${asked} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    });
  }
  // In us-east-1 the owner may create a bucket again: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
  if (!server.buckets.create(bucket, clock()) && region !== homeRegion) {
    throw new S3Error('BucketAlreadyOwnedByYou', { details: { BucketName: bucket } });
  }
  response.setHeader('location', `/${bucket}`);
  sendEmpty(response, 200);
};

export const headBucket: Handler = async ({ request, response, server }) => {
  server.buckets.require(bucketOf(request));
  response.setHeader('x-amz-bucket-region', server.authority.region);
  sendEmpty(response, 200);
};

export const deleteBucket: Handler = async ({ request, response, server }) => {
  server.buckets.delete(bucketOf(request));
  sendEmpty(response, 204);
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export const listBuckets: Handler = async ({ request, response, server }) => {
  const { query } = request;
  const prefix = query.get('prefix') ?? '';
  const mostBuckets = readMaxBuckets(query.get('max-buckets'));
  const token = query.get('continuation-token');
  const after = token === null ? '' : readContinuationToken(token);
  const found = server.buckets.list().filter(({ name }) => name.startsWith(prefix) && name > after);
  const page = found.slice(0, mostBuckets);
  const buckets = page.map(({ name, createdAt }): XmlElement => {
    return [
      'Bucket',
      [
        ['Name', name],
        ['CreationDate', createdAt],
      ],
    ];
  });
  const last = found.length > page.length ? page.at(-1) : undefined;
  sendXml(response, 200, 'ListAllMyBucketsResult', [
    ['Owner', [['ID', server.authority.credentials.accessKeyId]]],
    ['Buckets', buckets],
    ['ContinuationToken', last && writeContinuationToken(last.name)],
    ['Prefix', query.get('prefix') ?? undefined],
  ]);
};

export const getBucketLocation: Handler = async ({ request, response, server }) => {
  server.buckets.require(bucketOf(request));
  const { region } = server.authority;
  // The document is one element whose text is the region, and empty for us-east-1.
  sendXml(response, 200, 'LocationConstraint', region === homeRegion ? '' : region);
};

function readMaxBuckets(text: string | null): number {
  const most = text === null ? 10_000 : Number(text);
  if (Number.isInteger(most) && most >= 1 && most <= 10_000) return most;
  throw new S3Error('InvalidArgument', {
    message: 'Argument maxBuckets must be an integer between 1 and 10000',
    details: { ArgumentName: 'max-buckets', ArgumentValue: text ?? '' },
  });
}
