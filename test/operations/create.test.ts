// Issuing an upload URL when the answer of DynamoDB is lost: the SDK asks again, and the client must not notice.
import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';
import { createImageTable } from '../../shared/aws/image-table.ts';
import { useOperationsCloud } from './operations-cloud.ts';

const cloud = useOperationsCloud();

it('creates a record once, however often it is asked to', async () => {
  const table = createImageTable(cloud.stage.clients.table, cloud.stage.tableName);
  const imageId = uuidv7();
  const now = new Date().toISOString();
  const record = { imageId, ownerId: 'local', createdAt: now, updatedAt: now, charge: { bytes: 5 } };
  const upload = { expiresAt: now };

  await table.create({ ...record, upload });
  await table.create({ ...record, upload, fileName: 'repetition.jpg' });

  expect(await table.get(imageId)).toMatchObject({ upload });
  expect(await table.get(imageId)).not.toHaveProperty('fileName');
});
