// Over the compiled template: what the buckets refuse, whatever a role may do and whatever its signature says.
import { beforeAll, expect, it } from 'vitest';
import { urlExpirySeconds } from '../../shared/aws/url-signer.ts';
import {
  type Asked,
  compileStage,
  functionNames,
  originals,
  queue,
  renditions,
  roleOf,
  type Stage,
  upload,
} from './support/asked.ts';

const [put, key, asSigned] = upload;

let stage: Stage;

beforeAll(async () => {
  stage = await compileStage();
});

it('an upload that could overwrite is refused, however it is signed', () => {
  const { 's3:if-none-match': _, ...overwriting } = asSigned;

  expect(stage.may('CreateUploadRole', upload)).toBe(true);
  expect(stage.may('CreateUploadRole', [put, key, overwriting])).toBe(false);
});

it('a form, which cannot say that it overwrites nothing, is taken from the signer of uploads alone', () => {
  const { 's3:if-none-match': _, ...form } = { ...asSigned, 's3:authType': 'POST' };

  expect(stage.may('CreateUploadRole', [put, key, form])).toBe(true);
  for (const role of ['GetImageRole', 'RenditionsRole', 'MetadataRole', 'ReconcileRole'])
    expect(stage.may(role, [put, key, form])).toBe(false);
});

it.each(['REST-HEADER', 'REST-QUERY-STRING'])('an overwriting upload by %s is refused', (authType) => {
  const { 's3:if-none-match': _, ...overwriting } = { ...asSigned, 's3:authType': authType };

  expect(stage.may('CreateUploadRole', [put, key, overwriting])).toBe(false);
});

it.each([{}, { 's3:authType': 'POST' }])(
  'an upload %o is refused by a signature that is older than an upload URL can be',
  (by) => {
    const { environment } = stage.service.functions.find(({ key: name }) => name === 'createUpload') ?? {};
    const lifeMilliseconds = Number(environment?.['UPLOAD_EXPIRY_SECONDS']) * 1000;
    const aged = (age: number): Asked => [put, key, { ...asSigned, ...by, 's3:signatureAge': String(age) }];

    expect(stage.may('CreateUploadRole', aged(lifeMilliseconds))).toBe(true);
    expect(stage.may('CreateUploadRole', aged(lifeMilliseconds + 1))).toBe(false);
  },
);

const [anOriginal, aRendition] = [`${originals}/originals/image`, `${renditions}/renditions/image`];

it.each([
  ['GetImageRole', anOriginal],
  ['GetImageRole', aRendition],
  ['ListImagesRole', anOriginal],
  ['ListImagesRole', aRendition],
  ['GetRenditionRole', aRendition],
])(
  'a download that %s signed of %s is refused by a signature that is older than a URL can be',
  (role, object) => {
    const aged = (age: number): Asked => ['s3:GetObject', object, { 's3:signatureAge': String(age) }];

    expect(stage.may(role, aged(urlExpirySeconds * 1000))).toBe(true);
    expect(stage.may(role, aged(urlExpirySeconds * 1000 + 1))).toBe(false);
  },
);

it('nobody is answered without TLS', () => {
  const plain = { 'aws:SecureTransport': 'false' };

  expect(stage.may('CreateUploadRole', [put, key, { ...asSigned, ...plain }])).toBe(false);
  expect(stage.may('GetImageRole', ['s3:GetObject', `${renditions}/renditions/image`, plain])).toBe(false);
  expect(stage.may('RenditionsRole', ['sqs:ReceiveMessage', queue('renditions'), plain])).toBe(false);
});

it.each(functionNames)(
  'what is deleted is out of the reach of %s: it reads, lists and deletes no versions',
  (name) => {
    const ofVersions = [
      ...['GetObjectVersion', 'GetObjectVersionAttributes', 'DeleteObjectVersion', 'ListBucketVersions'],
      ...['PutBucketVersioning', 'PutLifecycleConfiguration'],
    ];

    for (const action of ofVersions)
      for (const resource of [originals, `${originals}/originals/image`])
        expect(stage.may(roleOf(name), [`s3:${action}`, resource]), action).toBe(false);
  },
);
