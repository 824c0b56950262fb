// ListObjectsV2: pages of keys in UTF-8 order, grouped by a delimiter into common prefixes.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
import { S3Error } from '../errors.ts';
import { bucketOf, type Handler } from '../exchange.ts';
import { formEncode } from '../form-encode.ts';
import { collectPage, readContinuationToken, writeContinuationToken } from '../listing.ts';
import { sendXml } from '../respond.ts';
import type { StoredObject } from '../store/objects.ts';
import type { XmlElement } from '../xml.ts';

const mostKeys = 1000;

export const listObjectsV2: Handler = async ({ request, response, server }) => {
  const bucket = bucketOf(request);
  const { query } = request;
  server.buckets.require(bucket);
  if (query.get('list-type') !== '2') {
    throw new S3Error('InvalidArgument', { message: 'Invalid List Type specified in Request' });
  }
  const maxKeys = readMaxKeys(query.get('max-keys'));
  const encode = readEncoding(query.get('encoding-type'));
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const startAfter = query.get('start-after') ?? '';
  const token = query.get('continuation-token');
  const after = token === null ? startAfter : readContinuationToken(token);
  const page = collectPage(server.objects, { bucket, prefix, delimiter, after, maxKeys });
  const owner = query.get('fetch-owner') === 'true' ? server.authority.credentials.accessKeyId : undefined;
  sendXml(response, 200, 'ListBucketResult', [
    ['Name', bucket],
    ['Prefix', encode(prefix)],
    ['Delimiter', delimiter === '' ? undefined : encode(delimiter)],
    ['StartAfter', startAfter === '' ? undefined : encode(startAfter)],
    ['MaxKeys', maxKeys],
    ['KeyCount', page.objects.length + page.commonPrefixes.length],
    ['EncodingType', query.get('encoding-type') ?? undefined],
    ['ContinuationToken', token ?? undefined],
    ['NextContinuationToken', page.next === undefined ? undefined : writeContinuationToken(page.next)],
    ['IsTruncated', page.next !== undefined],
    ...page.objects.map((object) => describe(object, encode, owner)),
    ...page.commonPrefixes.map((name): XmlElement => ['CommonPrefixes', [['Prefix', encode(name)]]]),
  ]);
};

function readMaxKeys(text: string | null): number {
  if (text === null) return mostKeys;
  if (!/^\d+$/.test(text)) {
    throw new S3Error('InvalidArgument', {
      message: 'Provided max-keys not an integer or within integer range',
      details: { ArgumentName: 'max-keys', ArgumentValue: text },
    });
  }
  return Math.min(Number(text), mostKeys);
}

function readEncoding(encodingType: string | null): (text: string) => string {
  if (encodingType === null) return (text) => text;
  if (encodingType === 'url') return formEncode;
  throw new S3Error('InvalidArgument', {
    message: 'Invalid Encoding Method specified in Request',
    details: { ArgumentName: 'encoding-type', ArgumentValue: encodingType },
  });
}

function describe(
  object: StoredObject,
  encode: (text: string) => string,
  owner: string | undefined,
): XmlElement {
  return [
    'Contents',
    [
      ['Key', encode(object.key)],
      ['LastModified', object.lastModified.toISOString()],
      ['ETag', `"${object.etag}"`],
      ['ChecksumAlgorithm', object.checksum?.algorithm.toUpperCase()],
      ['ChecksumType', object.checksum && 'FULL_OBJECT'],
      ['Size', object.bytes],
      ['Owner', owner === undefined ? undefined : [['ID', owner]]],
      ['StorageClass', 'STANDARD'],
    ],
  ];
}
