// The form that the API offers: every way to use it otherwise than it was offered, as the local S3 answers it, and as an
// independent implementation of SigV4 computes its signature.

import { describe, expect, it } from 'vitest';
import type { SignedForm } from '../../shared/api/ports.ts';
import { type FormAnswer, submitForm } from '../conformance/support/post-form.ts';
import { signatureOfForm } from '../support/independent-signature.ts';
import { expirySeconds, file, otherFile, sha256Of, useUploadOffers } from './support/upload-offers.ts';

type Condition = Readonly<Record<string, string>> | readonly [string, ...unknown[]];
interface Policy {
  readonly expiration: string;
  readonly conditions: readonly Condition[];
}
type Change = (form: SignedForm) => SignedForm;

const refusedByPolicy = { status: 403, code: 'AccessDenied' };
const wrongSignature = { status: 403, code: 'SignatureDoesNotMatch' };

const withFields =
  (fields: Readonly<Record<string, string>>): Change =>
  (form) => ({ ...form, fields: { ...form.fields, ...fields } });
const without =
  (name: string): Change =>
  (form) => {
    const { [name]: _, ...fields } = form.fields;
    return { ...form, fields };
  };
const policyOf = ({ fields }: SignedForm): Policy =>
  JSON.parse(Buffer.from(fields['Policy'] ?? '', 'base64').toString('utf8'));
const withPolicy =
  (change: (policy: Policy) => Policy): Change =>
  (form) =>
    withFields({ Policy: Buffer.from(JSON.stringify(change(policyOf(form)))).toString('base64') })(form);
const nameOf = (condition: Condition) =>
  Array.isArray(condition) ? String(condition[0]) : String(Object.keys(condition)[0]);
const spaced: Change = (form) => {
  const text = JSON.stringify(policyOf(form), undefined, 1);
  return withFields({ Policy: Buffer.from(text).toString('base64') })(form);
};
const withoutCondition = (name: string) =>
  withPolicy(({ conditions, ...policy }) => ({
    ...policy,
    conditions: conditions.filter((condition) => nameOf(condition) !== name),
  }));
const withCondition = (condition: Condition) =>
  withPolicy(({ conditions, ...policy }) => ({
    ...policy,
    conditions: [...conditions.filter((one) => nameOf(one) !== nameOf(condition)), condition],
  }));

const conditionNames = [
  ...['content-length-range', 'key', 'bucket', 'Content-Type', 'X-Amz-Checksum-Algorithm'],
  ...['X-Amz-Checksum-SHA256', 'X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date'],
];

describe('the form that is offered', () => {
  const { s3, secretAccessKey, offerForm, found, read } = useUploadOffers();

  const send = (form: SignedForm, body: Buffer | null = file, name = 'a.jpg'): Promise<FormAnswer> =>
    submitForm(form, { body, name });

  const isSigned = async ({ fields }: SignedForm): Promise<boolean> =>
    (await signatureOfForm(fields, secretAccessKey())) === fields['X-Amz-Signature'];

  /** The form as it would be if whoever may sign had signed it so. */
  const signedAnew = async (form: SignedForm): Promise<SignedForm> =>
    withFields({ 'X-Amz-Signature': await signatureOfForm(form.fields, secretAccessKey()) })(form);

  async function expectRefusal(form: SignedForm, key: string, refusal: object, body?: Buffer | null) {
    expect(await send(form, body)).toMatchObject(refusal);
    expect(await found(key)).toBeUndefined();
  }

  it('is taken as it was offered', async () => {
    const { upload, key } = await offerForm();

    expect(await isSigned(upload)).toBe(true);
    expect(policyOf(upload).conditions.map(nameOf).toSorted()).toEqual(conditionNames.toSorted());
    expect(await send(upload)).toMatchObject({ status: 204 });
    expect(await read(key)).toEqual(file);
    expect(await found(key)).toMatchObject({ ContentType: 'image/jpeg', ChecksumSHA256: sha256Of(file) });
  });

  it.each<[string, Buffer | null, object]>([
    ['a byte more', Buffer.concat([file, Buffer.alloc(1)]), { status: 400, code: 'EntityTooLarge' }],
    ['a byte less', file.subarray(1), { status: 400, code: 'EntityTooSmall' }],
    ['no byte', Buffer.alloc(0), { status: 400, code: 'EntityTooSmall' }],
    ['other bytes of the same length', otherFile, { status: 400, code: 'BadDigest' }],
    ['no file', null, { status: 400, code: 'InvalidArgument' }],
  ])('is refused with %s', async (_what, body, refusal) => {
    const { upload, key } = await offerForm();

    await expectRefusal(upload, key, refusal, body);
  });

  it.each<[string, Change]>([
    ['another type', withFields({ 'Content-Type': 'text/html' })],
    ['another key', (form) => withFields({ key: `${form.fields['key']}0` })(form)],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own placeholder for the uploaded file's name
    ['the key that a file is named by', withFields({ key: 'originals/${filename}' })],
    ['another bucket', withFields({ bucket: 'elsewhere' })],
    ['another SHA-256', withFields({ 'X-Amz-Checksum-SHA256': sha256Of(otherFile) })],
    ['another kind of checksum', withFields({ 'X-Amz-Checksum-Algorithm': 'CRC32' })],
    ['metadata', withFields({ 'x-amz-meta-owner': 'me' })],
    ['an access list', withFields({ acl: 'public-read' })],
    ['tags', withFields({ tagging: '<Tagging/>' })],
    ['a header to be stored', withFields({ 'Cache-Control': 'public' })],
    ['an encoding', withFields({ 'Content-Encoding': 'gzip' })],
    ['a redirect', withFields({ success_action_redirect: 'https://elsewhere.example' })],
    ['a status of its own', withFields({ success_action_status: '201' })],
    ['a condition that S3 does not know of forms', withFields({ 'If-None-Match': '*' })],
    ...['Content-Type', 'key', 'X-Amz-Checksum-SHA256', 'X-Amz-Checksum-Algorithm', 'Policy'].map(
      (name): [string, Change] => [`no ${name}`, without(name)],
    ),
  ])('is refused with %s, which its policy does not allow', async (_what, change) => {
    const { upload, key } = await offerForm();

    await expectRefusal(change(upload), key, refusedByPolicy);
  });

  it.each(conditionNames)('is not signed for a policy without %s, and is refused', async (name) => {
    const { upload, key } = await offerForm();
    const changed = withoutCondition(name)(upload);

    expect(policyOf(changed).conditions).toHaveLength(conditionNames.length - 1);
    expect(await isSigned(changed)).toBe(false);
    await expectRefusal(changed, key, wrongSignature);
  });

  it.each<[string, Change]>([
    ['a wider range of lengths', withCondition(['content-length-range', 0, 1_000_000])],
    ['any key', withCondition(['starts-with', '$key', ''])],
    ['any type', withCondition({ 'Content-Type': 'text/html' })],
    ['a longer life', withPolicy((policy) => ({ ...policy, expiration: '2099-01-01T00:00:00Z' }))],
    ['no conditions', withPolicy((policy) => ({ ...policy, conditions: [] }))],
    ['the same in other words', spaced],
  ])('is not signed for a policy with %s, and is refused', async (_what, change) => {
    const { upload, key } = await offerForm();
    const changed = change(upload);

    expect(await isSigned(changed)).toBe(false);
    await expectRefusal(changed, key, wrongSignature);
  });

  it.each<[string, Change, object]>([
    ['another date', withFields({ 'X-Amz-Date': '20261231T000000Z' }), { status: 400 }],
    ['another algorithm', withFields({ 'X-Amz-Algorithm': 'AWS4-HMAC-SHA1' }), { status: 400 }],
    ['another signature', withFields({ 'X-Amz-Signature': '0'.repeat(64) }), wrongSignature],
    ['no date', without('X-Amz-Date'), { status: 400 }],
    ['no algorithm', without('X-Amz-Algorithm'), { status: 400 }],
    ['no credential', without('X-Amz-Credential'), { status: 400 }],
    ['no signature', without('X-Amz-Signature'), { status: 400 }],
    ['a session that is none', withFields({ 'X-Amz-Security-Token': 'a' }), { status: 400 }],
  ])('is refused with %s', async (_what, change, refusal) => {
    const { upload, key } = await offerForm();

    await expectRefusal(change(upload), key, refusal);
  });

  it('is refused by another bucket', async () => {
    const { upload, key } = await offerForm();
    const elsewhere = await s3.createBucket();
    const { bucket: _, ...fields } = upload.fields;
    const url = new URL(`/${elsewhere}`, upload.url).href;

    await expectRefusal({ ...upload, url }, key, refusedByPolicy);
    await expectRefusal({ ...upload, url, fields }, key, refusedByPolicy);
  });

  it('is not signed by whoever does not know the secret', async () => {
    const { upload, key } = await offerForm();
    const forged = await signatureOfForm(upload.fields, 'another secret');

    await expectRefusal(withFields({ 'X-Amz-Signature': forged })(upload), key, wrongSignature);
  });

  it('leaves the same bytes the second time, and refuses others', async () => {
    const { upload, key } = await offerForm();
    await send(upload);
    const { ETag, ContentType, ChecksumSHA256 } = (await found(key)) ?? {};

    expect(await send(upload)).toMatchObject({ status: 204 });
    expect(await found(key)).toMatchObject({ ETag, ContentType, ChecksumSHA256 });
    expect(await send(upload, otherFile)).toMatchObject({ status: 400, code: 'BadDigest' });
    expect(await read(key)).toEqual(file);
  });

  it('is taken until it has expired, and not after', async () => {
    const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000);
    const late = await offerForm(secondsAgo(expirySeconds - 60));
    const tooLate = await offerForm(secondsAgo(expirySeconds + 1));

    expect(await isSigned(tooLate.upload)).toBe(true);
    await expectRefusal(tooLate.upload, tooLate.key, refusedByPolicy);
    expect(await send(late.upload)).toMatchObject({ status: 204 });
  });

  it('stores nothing that the file part, a header or an ignored field says', async () => {
    const { upload, key } = await offerForm();
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...upload.fields, 'x-ignore-me': 'a' }))
      form.append(name, value);
    form.append('file', new Blob([new Uint8Array(file)], { type: 'text/html' }), '../evil.html');
    form.append('x-amz-meta-late', 'a');

    const headers = { 'x-amz-meta-owner': 'me', 'cache-control': 'public' };
    const answer = await fetch(upload.url, { method: 'POST', body: form, headers });

    expect(answer.status).toBe(204);
    expect(await found(key)).toMatchObject({ ContentType: 'image/jpeg', Metadata: {} });
    expect(await found(key)).not.toHaveProperty('CacheControl');
  });

  it.each<[string, Change, Buffer]>([
    ['length', withCondition(['content-length-range', 1, 1000]), file],
    [
      'type',
      (form) =>
        withCondition({ 'Content-Type': 'text/plain' })(withFields({ 'Content-Type': 'text/plain' })(form)),
      file,
    ],
    [
      'file',
      (form) => {
        const digest = { 'X-Amz-Checksum-SHA256': sha256Of(otherFile) };
        return withCondition(digest)(withFields(digest)(form));
      },
      otherFile,
    ],
  ])(
    'would be taken with another %s had it been signed so: nothing else forbids it',
    async (_what, change, body) => {
      const { upload, key } = await offerForm();

      expect(await send(await signedAnew(change(upload)), body)).toMatchObject({ status: 204 });
      expect(await read(key)).toEqual(body);
    },
  );
});
