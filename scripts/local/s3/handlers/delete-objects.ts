// DeleteObjects: up to 1000 keys in one call, each of them answered for.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
import { z } from 'zod';
import { readDocument } from '../body/read-document.ts';
import { S3Error } from '../errors.ts';
import { bucketOf, type Handler } from '../exchange.ts';
import { sendXml } from '../respond.ts';
import { readXml, type XmlElement } from '../xml.ts';

const deleteDocument = z.object({
  Quiet: z.string().optional(),
  Object: z
    .array(
      z.object({
        Key: z.string().min(1),
        VersionId: z.string().optional(),
        ETag: z.string().optional(),
        LastModifiedTime: z.string().optional(),
        Size: z.string().optional(),
      }),
    )
    .min(1)
    .max(1000),
});

export const deleteObjects: Handler = async (exchange) => {
  const { request, response, server } = exchange;
  const bucket = bucketOf(request);
  server.buckets.require(bucket);
  const body = await readDocument(exchange, { digestRequired: true });
  const { Object: objects, Quiet } = readXml(body, 'Delete', ['Object'], deleteDocument);
  for (const { Key, ...conditions } of objects) {
    const [condition] = Object.keys(conditions);
    if (condition !== undefined) {
      throw new S3Error('NotImplemented', {
        message: `DeleteObjects by ${condition} is not implemented.`,
        details: { Key },
      });
    }
  }
  const keys = objects.map((object) => object.Key);
  server.writer.delete(bucket, keys, request, () => undefined);
  const deleted = keys.map((key): XmlElement => ['Deleted', [['Key', key]]]);
  sendXml(response, 200, 'DeleteResult', Quiet === 'true' ? [] : deleted);
};
