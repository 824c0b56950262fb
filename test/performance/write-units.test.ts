// What an image costs in DynamoDB's write units, measured on AWS's own DynamoDB Local: the table in docs/aws-calls.md.

import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUpload } from '../../shared/api/uploads/create-upload.ts';
import { createS3Client } from '../../shared/aws/clients.ts';
import { createOwnerLedger } from '../../shared/aws/owner-ledger.ts';
import { createUploadSigner } from '../../shared/aws/upload-signer.ts';
import { tasks } from '../../shared/domain/tasks.ts';
import {
  type DynamoDbLocal,
  hasJava,
  startDynamoDbLocal,
  type WriteUnits,
} from '../delivery/support/dynamodb-local.ts';
import { type Pipeline, startPipeline } from '../delivery/support/pipeline.ts';
import { phonePhoto } from '../e2e/support/photos.ts';
import { noLimits } from '../support/quotas.ts';

const without = hasJava ? '' : ' (skipped: there is no Java to run DynamoDB Local)';
const ownerId = `own-${'0'.repeat(32)}`;

describe.skipIf(!hasJava)(`the write units of one image${without}`, () => {
  let dynamoDb: DynamoDbLocal;
  let pipeline: Pipeline;

  beforeAll(async () => {
    dynamoDb = await startDynamoDbLocal();
    pipeline = await startPipeline({ createTable: () => dynamoDb.createClient() });
    await dynamoDb.createImagesTable(pipeline.tableName);
  });
  afterAll(async () => {
    await Promise.all([dynamoDb.close(), pipeline.stop()]);
  });

  it.each([
    ['renditions', 'metadata'],
    ['metadata', 'renditions'],
  ] as const)('are those of docs/aws-calls.md when %s settles first', async (first, last) => {
    const photo = await cameraPhoto();
    const imageId = await requestUpload(photo);
    await pipeline.putOriginal(imageId, photo);
    await pipeline.handleBatch(first);
    await pipeline.handleBatch(last);

    const units = dynamoDb.taken();
    const { rows, total } = await documentedUnits();
    expect(
      units.map(({ table, indexes }) => [table, indexes['byOwner'] ?? 0, indexes['byOverdue'] ?? 0]),
    ).toEqual(rows);
    expect(sum(units)).toBe(total);
    expect(total).toBeLessThanOrEqual(13);
  });

  it('are no more when both tasks are claimed before one is settled', async () => {
    const photo = await cameraPhoto();
    const imageId = await requestUpload(photo);
    await pipeline.putOriginal(imageId, photo);
    await Promise.all(tasks.map((task) => pipeline.handleBatch(task)));

    expect(sum(dynamoDb.taken())).toBeLessThanOrEqual((await documentedUnits()).total);
  });

  async function requestUpload(photo: Buffer): Promise<string> {
    const ledger = createOwnerLedger(dynamoDb.createClient(), pipeline.tableName);
    const sign = createUploadSigner(createS3Client(), pipeline.originalsBucket, 900);
    const { body } = await createUpload(
      { table: pipeline.table, ledger, limits: noLimits, sign, maxBytes: 1e9 },
      ownerId,
      {
        ...{ contentType: 'image/jpeg', contentLength: photo.byteLength, fileName: 'IMG_20260101_1200.jpg' },
      },
      'JKJaXmPLvHcESHA=',
    );
    return (body as { imageId: string }).imageId;
  }
});

/** With all that cameras say of themselves and of a picture. */
async function cameraPhoto(): Promise<Buffer> {
  return sharp(await phonePhoto(1800, 1200))
    .keepMetadata()
    .withIccProfile('p3')
    .withExifMerge({
      IFD0: { Make: 'Darkroom', Model: 'Darkroom Pocket XS', Software: '13.3.1' },
      IFD2: {
        ...{ ExposureTime: '1/121', FNumber: '18/10', ISOSpeedRatings: '25', Flash: '16' },
        ...{ FocalLength: '17/4', FocalLengthIn35mmFilm: '26', LensModel: 'Pocket back camera 4.25mm f/1.8' },
        ...{ SubSecTimeOriginal: '777' },
      },
      IFD3: { GPSAltitudeRef: '0', GPSAltitude: '653/5', GPSHPositioningError: '5/1' },
    })
    .jpeg({ quality: 85 })
    .toBuffer();
}

function sum(units: readonly WriteUnits[]): number {
  return units.reduce((total, { table, indexes }) => {
    return Object.values(indexes).reduce((one, other) => one + other, total + table);
  }, 0);
}

async function documentedUnits(): Promise<{ rows: number[][]; total: number }> {
  const page = await readFile('docs/aws-calls.md', 'utf8');
  const rows = [...page.matchAll(/^\| [\w ,]+ \| (\d+) \| (\d+) \| (\d+) \|$/gm)];
  const [, total] = /^Together (\d+), whichever task is first/m.exec(page) ?? [];
  return { rows: rows.map(([, ...units]) => units.map(Number)), total: Number(total) };
}
