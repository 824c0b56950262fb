// Every five minutes: settles what no worker lived to settle. Wiring only.

import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { readConfig } from '../shared/config.ts';
import { reconcile } from '../shared/reconcile/reconcile.ts';
import { summaryOf } from '../shared/reconcile/summary.ts';
import { createReconcileParts } from '../shared/reconcile/wire.ts';
import { createS3Client, createSnsClient, createTableClient } from '../shared/store/clients.ts';

const clients = { table: createTableClient(), s3: createS3Client(), sns: createSnsClient() };
const parts = createReconcileParts(clients, readConfig('reconcile'));
const logger = new Logger({ serviceName: 'reconcile' });
/** What an image that is begun may still take. */
const minimumMilliseconds = 10_000;

export async function handler(_event: unknown, context: Context): Promise<Record<string, number>> {
  const deeds = await reconcile(parts, {
    mayContinue: () => context.getRemainingTimeInMillis() > minimumMilliseconds,
  });
  for (const { imageId, action, error } of deeds) {
    if (error) logger.error('could not reconcile', { imageId, action, error });
    else logger.info('reconciled', { imageId, action });
  }
  const summary = summaryOf(deeds);
  logger.info('run ended', { ...summary });
  return summary;
}
