// CopyObject: the source's bytes under another key, with its headers and metadata or with new ones.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
import { createReadStream } from 'node:fs';
import { effectiveHeaders } from '../accepted-headers.ts';
import { type ChecksumAlgorithm, isChecksumAlgorithm } from '../body/checksums.ts';
import type { ComputedDigests, StoredChecksum } from '../body/integrity.ts';
import { includesEtag, readWriteCondition } from '../conditions.ts';
import { S3Error } from '../errors.ts';
import { type Handler, objectOf } from '../exchange.ts';
import { readObjectHeaders } from '../object-headers.ts';
import { preconditionFailed } from '../object-writer.ts';
import { sendXml } from '../respond.ts';
import type { XmlElement } from '../xml.ts';

export const copyObject: Handler = async ({ request, response, server }) => {
  const { bucket, key } = objectOf(request);
  const headers = effectiveHeaders(request);
  const from = readSource(headers.get('x-amz-copy-source') ?? '');
  const directive = readDirective(headers);
  server.buckets.require(bucket);
  server.buckets.require(from.bucket);
  if (directive === 'COPY' && from.bucket === bucket && from.key === key) {
    throw new S3Error('InvalidRequest', {
      message:
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    });
  }
  const source = server.objects.find(from.bucket, from.key);
  if (source === undefined) throw new S3Error('NoSuchKey', { details: { Key: from.key } });
  checkSourceConditions(headers, source.etag);
  const condition = readWriteCondition(headers);
  const algorithm = chooseAlgorithm(headers.get('x-amz-checksum-algorithm'), source.checksum);
  const content = createReadStream('', { fd: server.files.open(source.file) });
  const written = await server.files.write(content, algorithm === undefined ? [] : [algorithm], (computed) =>
    checksumOf(computed, algorithm),
  );
  const { etag, checksum } = written;
  const { headers: systemHeaders, metadata } = directive === 'REPLACE' ? readObjectHeaders(headers) : source;
  const object = { bucket, key, ...written, headers: systemHeaders, metadata };
  const stored = await server.writer.put(object, 'ObjectCreated:Copy', request, condition);
  const result: XmlElement[] = [
    ['LastModified', stored.lastModified.toISOString()],
    ['ETag', `"${etag}"`],
  ];
  if (checksum !== undefined) result.push([`Checksum${checksum.algorithm.toUpperCase()}`, checksum.base64]);
  sendXml(response, 200, 'CopyObjectResult', result);
};

function readSource(header: string): { bucket: string; key: string } {
  const [path = '', versionId] = header.split('?versionId=');
  if (versionId !== undefined && versionId !== 'null') {
    throw new S3Error('NotImplemented', { message: 'The versionId of a copy source is not implemented.' });
  }
  const [, bucket = '', encodedKey = ''] = /^\/?([^/]+)\/(.+)$/s.exec(path) ?? [];
  try {
    if (encodedKey !== '') return { bucket, key: decodeURIComponent(encodedKey) };
  } catch {
    // Falls through to the same refusal as a source of another shape.
  }
  throw new S3Error('InvalidArgument', {
    message: 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
  });
}

function readDirective(headers: ReadonlyMap<string, string>): 'COPY' | 'REPLACE' {
  const directive = headers.get('x-amz-metadata-directive') ?? 'COPY';
  if (directive === 'COPY' || directive === 'REPLACE') return directive;
  throw new S3Error('InvalidArgument', {
    message: 'Unknown metadata directive.',
    details: { ArgumentName: 'x-amz-metadata-directive', ArgumentValue: directive },
  });
}

function checkSourceConditions(headers: ReadonlyMap<string, string>, etag: string): void {
  const ifMatch = headers.get('x-amz-copy-source-if-match');
  const ifNoneMatch = headers.get('x-amz-copy-source-if-none-match');
  if (ifMatch !== undefined && !includesEtag(ifMatch, etag))
    throw preconditionFailed('x-amz-copy-source-If-Match');
  if (ifNoneMatch !== undefined && includesEtag(ifNoneMatch, etag)) {
    throw preconditionFailed('x-amz-copy-source-If-None-Match');
  }
}

function chooseAlgorithm(
  asked: string | undefined,
  stored: StoredChecksum | undefined,
): ChecksumAlgorithm | undefined {
  const algorithm = asked?.toLowerCase();
  if (algorithm === undefined) return stored?.algorithm;
  if (isChecksumAlgorithm(algorithm)) return algorithm;
  throw new S3Error('InvalidRequest', { message: 'Checksum algorithm provided is unsupported.' });
}

function checksumOf(
  computed: ComputedDigests,
  algorithm: ChecksumAlgorithm | undefined,
): StoredChecksum | undefined {
  const base64 = algorithm === undefined ? undefined : computed.checksums.get(algorithm);
  return algorithm === undefined || base64 === undefined ? undefined : { algorithm, base64 };
}
