// Puts reconciling together for whoever runs it: the function on its schedule, or an operator from a terminal.

import type { AwsClients } from '../../shared/aws/clients.ts';
import { createImageEvents } from '../../shared/aws/image-events-topic.ts';
import { createImageTable } from '../../shared/aws/image-table.ts';
import { createOverdueTable } from '../../shared/aws/overdue-table.ts';
import { createOwnerLedger } from '../../shared/aws/owner-ledger.ts';
import { createRenditionCaches } from '../../shared/aws/rendition-caches.ts';
import { createRenditionStore } from '../../shared/aws/rendition-store.ts';
import { createUploadedOriginals } from '../../shared/aws/uploaded-originals.ts';
import { createUploadsTopic } from '../../shared/aws/uploads-topic.ts';
import type { Config } from '../../shared/config.ts';
import { variants } from '../../shared/domain/variants.ts';
import { createRenditionObjects } from '../../shared/processing/rendition-objects.ts';
import type { ReconcileDependencies } from '../../shared/reconcile/reconcile.ts';

export type ReconcileClients = Pick<AwsClients, 'table' | 's3' | 'sns' | 'cloudFront'>;

export function createReconcileDependencies(
  { table, s3, sns, cloudFront }: ReconcileClients,
  config: Omit<Config<'reconcile'>, 'DARKROOM_STAGE'>,
): ReconcileDependencies {
  const uploads = createUploadedOriginals(s3, config.ORIGINALS_BUCKET);
  const renditions = createRenditionStore(s3, config.RENDITIONS_BUCKET);
  const caches = createRenditionCaches(cloudFront, config.DISTRIBUTION_ID);
  return {
    table: createImageTable(table, config.IMAGES_TABLE),
    ledger: createOwnerLedger(table, config.IMAGES_TABLE),
    overdue: createOverdueTable(table, config.IMAGES_TABLE),
    originals: uploads,
    uploads: createUploadsTopic(sns, config.UPLOADS_TOPIC_ARN),
    imageEvents: createImageEvents(sns, config.IMAGE_EVENTS_TOPIC_ARN),
    objects: createRenditionObjects(renditions, uploads, variants, caches),
    maxImages: config.RECONCILE_MAX_IMAGES,
  };
}
