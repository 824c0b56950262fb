// The calls that read and write a bucket's CORS rules and public access block.
// The block is stored and told again; nothing here is ever public, so it changes nothing.
import { z } from 'zod';
import { readDocument } from '../body/read-document.ts';
import { readCorsRules, writeCorsRules } from '../cors/rules.ts';
import { S3Error } from '../errors.ts';
import { bucketOf, type Handler } from '../exchange.ts';
import { sendEmpty, sendXml } from '../respond.ts';
import { readXml } from '../xml.ts';

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');
const publicAccessBlock = z.object({
  BlockPublicAcls: flag,
  IgnorePublicAcls: flag,
  BlockPublicPolicy: flag,
  RestrictPublicBuckets: flag,
});

export const putBucketCors: Handler = async (exchange) => {
  const bucket = bucketOf(exchange.request);
  exchange.server.buckets.require(bucket);
  const rules = readCorsRules(await readDocument(exchange, { digestRequired: true }));
  exchange.server.buckets.configure(bucket, 'cors', rules);
  sendEmpty(exchange.response, 200);
};

export const getBucketCors: Handler = async ({ request, response, server }) => {
  const bucket = bucketOf(request);
  server.buckets.require(bucket);
  const rules = server.buckets.configuration(bucket, 'cors');
  if (rules === undefined) throw new S3Error('NoSuchCORSConfiguration', { details: { BucketName: bucket } });
  sendXml(response, 200, 'CORSConfiguration', writeCorsRules(rules));
};

export const deleteBucketCors: Handler = async ({ request, response, server }) => {
  server.buckets.configure(bucketOf(request), 'cors', undefined);
  sendEmpty(response, 204);
};

export const putPublicAccessBlock: Handler = async (exchange) => {
  const bucket = bucketOf(exchange.request);
  exchange.server.buckets.require(bucket);
  const body = await readDocument(exchange, { digestRequired: true });
  const block = readXml(body, 'PublicAccessBlockConfiguration', [], publicAccessBlock);
  exchange.server.buckets.configure(bucket, 'public_access_block', block);
  sendEmpty(exchange.response, 200);
};

export const getPublicAccessBlock: Handler = async ({ request, response, server }) => {
  const bucket = bucketOf(request);
  server.buckets.require(bucket);
  const block = server.buckets.configuration(bucket, 'public_access_block');
  if (block === undefined) {
    throw new S3Error('NoSuchPublicAccessBlockConfiguration', { details: { BucketName: bucket } });
  }
  sendXml(response, 200, 'PublicAccessBlockConfiguration', Object.entries(block));
};

export const deletePublicAccessBlock: Handler = async ({ request, response, server }) => {
  server.buckets.configure(bucketOf(request), 'public_access_block', undefined);
  sendEmpty(response, 204);
};
