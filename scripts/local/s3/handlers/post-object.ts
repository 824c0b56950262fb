// PostObject: the browser's upload by form, allowed by the policy inside the form.
// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
import type { ServerResponse } from 'node:http';
import { checkAmzHeader } from '../accepted-headers.ts';
import { neededChecksums, readExpectedDigests, verifyDigests } from '../body/integrity.ts';
import { readUntilIdle } from '../body/open-body.ts';
import { S3Error } from '../errors.ts';
import { bucketOf, type Exchange } from '../exchange.ts';
import { readObjectHeaders, setChecksum } from '../object-headers.ts';
import { readUploadForm, type UploadForm } from '../post-policy/form.ts';
import { checkPolicy, readPolicy, verifyPolicySignature } from '../post-policy/policy.ts';
import { checkKeyLength } from '../request.ts';
import { sendEmpty, sendXml } from '../respond.ts';
import { maxObjectBytes } from './put-object.ts';

const signingFields = new Set(['x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-signature']);

/** Stores the form's file. It checks its own signature: the form carries it, not the request. */
export async function postObject({
  request,
  response,
  server,
}: Omit<Exchange, 'authorization'>): Promise<void> {
  const bucket = bucketOf(request);
  const contentType = request.headers.get('content-type') ?? '';
  if (!contentType.toLowerCase().startsWith('multipart/form-data')) {
    throw new S3Error('PreconditionFailed', {
      details: { Condition: 'Bucket POST must be of the enclosure-type multipart/form-data' },
    });
  }
  server.buckets.require(bucket);
  const raw = readUntilIdle(request, server.bodyIdleMs);
  const form = await readUploadForm(contentType, raw);
  const policyBase64 = form.fields.get('policy');
  if (policyBase64 === undefined) throw new S3Error('AccessDenied');
  await verifyPolicySignature(form.fields, policyBase64, server.authority);
  const policy = readPolicy(policyBase64, maxObjectBytes);
  // A form may name its bucket as well, which then must be the one that it was sent to.
  if ((form.fields.get('bucket') ?? bucket) !== bucket) throw new S3Error('AccessDenied');
  const fields = new Map([...form.fields, ['bucket', bucket]]);
  checkPolicy(policy, fields, server.authority.clock());
  for (const [name, value] of form.fields) {
    if (!signingFields.has(name)) checkAmzHeader(name, value);
  }
  if (form.fields.has('tagging')) throw new S3Error('NotImplemented', { details: { Header: 'tagging' } });
  const key = readKey(form);
  const objectHeaders = readObjectHeaders(form.fields);
  const expected = readExpectedDigests(form.fields, { kind: 'unsigned' });
  const content = within(form.file.bytes, policy.minBytes, policy.maxBytes);
  const written = await server.files.write(content, neededChecksums(expected), (computed) =>
    verifyDigests(expected, computed, new Map()),
  );
  await server.writer.put(
    { bucket, key, ...written, ...objectHeaders },
    'ObjectCreated:Post',
    request,
    () => undefined,
  );
  setChecksum(response, written);
  const path = `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  answer(response, form.fields, {
    bucket,
    key,
    etag: written.etag,
    location: `http://${request.headers.get('host') ?? 'localhost'}${path}`,
  });
}

async function* within(source: AsyncIterable<Buffer>, min: number, max: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > max) {
      throw new S3Error('EntityTooLarge', {
        details: { ProposedSize: String(bytes), MaxSizeAllowed: String(max) },
      });
    }
    yield chunk;
  }
  if (bytes < min) {
    throw new S3Error('EntityTooSmall', {
      details: { ProposedSize: String(bytes), MinSizeAllowed: String(min) },
    });
  }
}

function readKey({ fields, file }: UploadForm): string {
  const template = fields.get('key');
  if (template === undefined || template === '') {
    throw new S3Error('InvalidArgument', {
      message:
        "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
      details: { ArgumentName: 'key' },
    });
  }
  const name = file.name.split(/[\\/]/).at(-1) ?? '';
  // biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own placeholder for the uploaded file's name
  const key = template.replaceAll('${filename}', () => name);
  checkKeyLength(key);
  return key;
}

function answer(
  response: ServerResponse,
  fields: ReadonlyMap<string, string>,
  stored: { bucket: string; key: string; etag: string; location: string },
): void {
  const { bucket, key, etag, location } = stored;
  response.setHeader('etag', `"${etag}"`);
  response.setHeader('location', location);
  const redirect = fields.get('success_action_redirect') ?? fields.get('redirect');
  if (redirect !== undefined && URL.canParse(redirect)) {
    const target = new URL(redirect);
    for (const [name, value] of Object.entries({ bucket, key, etag: `"${etag}"` })) {
      target.searchParams.set(name, value);
    }
    response.setHeader('location', target.href);
    sendEmpty(response, 303);
    return;
  }
  const status = fields.get('success_action_status');
  if (status === '201') {
    sendXml(response, 201, 'PostResponse', [
      ['Location', location],
      ['Bucket', bucket],
      ['Key', key],
      ['ETag', `"${etag}"`],
    ]);
    return;
  }
  sendEmpty(response, status === '200' ? 200 : 204);
}
