// Over the compiled template: each role may do what its function does, and nothing that another would have to do.
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Asked,
  compileStage,
  functionNames,
  listing,
  logStream,
  naming,
  originals,
  queue,
  renditions,
  roleOf,
  type Stage,
  table,
  topic,
  upload,
} from './support/asked.ts';
import { statementsOfRole } from './support/policies.ts';
import { tableCalls } from './support/table-calls.ts';

const readers = ['renditions', 'metadata', 'reconcile'];
/** Those that may change a record, or an owner's ledger. */
const changers = [...readers, 'reprocessImage', 'deleteImage', 'createUpload'];
/** Those that may put an original before the workers. */
const publishers = ['reconcile', 'reprocessImage'];
const signers = ['getImage', 'listImages', 'getRendition'];

let stage: Stage;

beforeAll(async () => {
  stage = await compileStage();
});

describe('what each function does is allowed', () => {
  const worker = (name: string): Asked[] => [
    ['sqs:ReceiveMessage', queue(name)],
    ['sqs:DeleteMessage', queue(name)],
    ['sqs:GetQueueAttributes', queue(name)],
    ['sqs:ChangeMessageVisibility', queue(name)],
    ['sqs:SendMessage', queue(`${name}-dlq`)],
    ['sqs:SendMessage', queue('rejections')],
    ['s3:GetObject', `${originals}/originals/image`],
    // S3 asks this before it answers 404: the key is the prefix.
    listing('originals/image'),
    ['sns:Publish', topic('image-events')],
  ];
  const signed: Asked[] = [
    ['s3:GetObject', `${originals}/originals/image`],
    ['s3:GetObject', `${renditions}/renditions/image/key.webp`],
  ];
  const calls: Readonly<Record<string, readonly Asked[]>> = {
    createUpload: [upload],
    getImage: signed,
    listImages: [['dynamodb:Query', `${table}/index/byOwner`], ...signed],
    getRendition: [['s3:GetObject', `${renditions}/renditions/image/key.webp`]],
    reprocessImage: [['sns:Publish', topic('uploads')]],
    deleteImage: [
      ['s3:DeleteObject', `${originals}/originals/image`],
      ['s3:DeleteObject', `${renditions}/renditions/image/key.webp`],
      ['sns:Publish', topic('image-events')],
    ],
    renditions: [
      ...worker('renditions'),
      ['s3:PutObject', `${renditions}/renditions/image/key.webp`],
      ['s3:DeleteObject', `${renditions}/renditions/image/key.webp`],
      ['s3:DeleteObject', `${originals}/originals/image`],
    ],
    metadata: worker('metadata'),
    reconcile: [
      ['dynamodb:Query', `${table}/index/byOverdue`],
      ['s3:GetObject', `${originals}/originals/image`],
      listing('originals/image'),
      ['s3:DeleteObject', `${renditions}/renditions/image/key.webp`],
      ['s3:DeleteObject', `${originals}/originals/image`],
      ['sns:Publish', topic('uploads')],
      ['sns:Publish', topic('image-events')],
    ],
  };

  it.each(functionNames)('by %s', (name) => {
    const telemetry: Asked[] = [
      ['logs:CreateLogStream', logStream(name)],
      ['logs:PutLogEvents', logStream(name)],
    ];

    const refused = [...(calls[name] ?? []), ...telemetry].filter((asked) => !stage.may(roleOf(name), asked));
    expect(refused).toEqual([]);
  });

  it('to no role that nobody asks here', () => {
    const all = [...stage.resources.values()].filter(({ type }) => type === 'AWS::IAM::Role');

    // What releases may is a rule of its own.
    const asked = [...functionNames.map(roleOf), 'ReleaseRole'];
    expect(all.map(({ logicalId }) => logicalId).sort()).toEqual(asked.sort());
  });
});

describe('what a function asks of the images table', () => {
  type Asking = keyof typeof tableCalls;
  const asking = Object.keys(tableCalls) as Asking[];

  it.each(asking)('is allowed, request by request: %s', async (name) => {
    const requests = (await tableCalls[name]()).filter(({ action }) => action !== 'dynamodb:Query');

    const refused = requests.filter(
      ({ action, attributes }) => !stage.may(roleOf(name), naming(action, ...attributes)),
    );
    expect(requests.length).toBeGreaterThan(0);
    expect(refused).toEqual([]);
  });

  it.each(asking)('is all that its role names: %s', async (name) => {
    const named = new Set((await tableCalls[name]()).flatMap(({ attributes }) => attributes));

    expect(attributesOf(roleOf(name)).filter((attribute) => !named.has(attribute))).toEqual([]);
  });

  it.each([
    ['createUpload', 'dynamodb:PutItem', ['renditions', 'original', 'metadata', 'removed']],
    ['metadata', 'dynamodb:UpdateItem', ['renditions', 'superseded']],
    ['createUpload', 'dynamodb:UpdateItem', ['ownerId', 'original', 'renditions', 'charge', 'removed']],
    ['reconcile', 'dynamodb:UpdateItem', ['ownerId', 'createdAt', 'original', 'renditions', 'removed']],
    [
      'deleteImage',
      'dynamodb:UpdateItem',
      ['original', 'renditions', 'superseded', 'renditionsTask', 'upload'],
    ],
    ['reprocessImage', 'dynamodb:UpdateItem', ['ownerId', 'createdAt', 'original', 'renditions', 'metadata']],
    ['renditions', 'dynamodb:UpdateItem', ['somethingNew']],
  ])('leaves the rest to others: %s', (name, action, forbidden) => {
    for (const attribute of forbidden)
      expect(stage.may(roleOf(name), naming(action, 'imageId', attribute)), attribute).toBe(false);
    expect(stage.may(roleOf(name), naming(action, 'imageId', 'updatedAt'))).toBe(true);
  });

  it.each(functionNames)('is no more than single items: %s', (name) => {
    for (const action of ['DeleteItem', 'Scan', 'BatchWriteItem', 'Query'])
      expect(stage.may(roleOf(name), [`dynamodb:${action}`, table])).toBe(false);
    expect(stage.may(roleOf(name), naming('dynamodb:PutItem', 'imageId'))).toBe(name === 'createUpload');
    expect(stage.may(roleOf(name), naming('dynamodb:UpdateItem', 'imageId'))).toBe(changers.includes(name));
  });

  /** The attributes that a role may write, without the stars of paths below them. */
  function attributesOf(role: string): string[] {
    const resource = stage.resources.get(role);
    const conditions = (resource ? statementsOfRole(resource) : []).flatMap(({ Condition = {} }) =>
      Object.values(Condition),
    );
    return conditions
      .flatMap((condition) => condition['dynamodb:Attributes'] ?? [])
      .map((name) => name.replace(/\*$/, ''));
  }
});

describe.each(functionNames)('%s', (name) => {
  const role = roleOf(name);

  it('reads and lists nothing but what it works on', () => {
    expect(stage.may(role, ['s3:GetObject', `${originals}/private/image`])).toBe(false);
    expect(stage.may(role, ['s3:GetObject', 'arn:aws:s3:::somebody-elses/originals/image'])).toBe(false);
    const rendition = `${renditions}/renditions/image/key.webp`;
    expect(stage.may(role, ['s3:GetObject', rendition])).toBe(signers.includes(name));
    for (const prefix of [undefined, '', 'private/', 'original'])
      expect(stage.may(role, listing(prefix)), prefix).toBe(false);
    expect(stage.may(role, listing('originals/'))).toBe(readers.includes(name));
  });

  it('writes to no bucket, topic or queue but its own', () => {
    expect(stage.may(role, upload)).toBe(name === 'createUpload');
    const deletes = ['renditions', 'reconcile', 'deleteImage'].includes(name);
    expect(stage.may(role, ['s3:DeleteObject', `${originals}/originals/image`])).toBe(deletes);
    expect(stage.may(role, ['s3:DeleteObject', `${originals}/private/image`])).toBe(false);
    expect(stage.may(role, ['s3:PutObject', `${renditions}/renditions/image`])).toBe(name === 'renditions');
    expect(stage.may(role, ['s3:PutObject', `${renditions}/page.html`])).toBe(false);
    expect(stage.may(role, ['sns:Publish', topic('uploads')])).toBe(publishers.includes(name));
    expect(stage.may(role, ['sns:Publish', topic('operators')])).toBe(false);
    expect(stage.may(role, ['sqs:SendMessage', queue('renditions')])).toBe(false);
    for (const worker of ['renditions', 'metadata']) {
      expect(stage.may(role, ['sqs:ReceiveMessage', queue(worker)])).toBe(name === worker);
      expect(stage.may(role, ['sqs:SendMessage', queue(`${worker}-dlq`)])).toBe(name === worker);
    }
  });

  it('makes no log group, and logs to no other', () => {
    for (const other of functionNames.filter((one) => one !== name))
      expect(stage.may(role, ['logs:PutLogEvents', logStream(other)])).toBe(false);
    expect(stage.may(role, ['logs:CreateLogGroup', logStream(name)])).toBe(false);
  });
});
