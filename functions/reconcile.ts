// Every five minutes: settles what no worker lived to settle. Wiring only.

import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import {
  createCloudFrontClient,
  createS3Client,
  createSnsClient,
  createTableClient,
} from '../shared/aws/clients.ts';
import { readConfig } from '../shared/config.ts';
import { createMetrics } from '../shared/lambda/metrics.ts';
import { measureRun } from '../shared/reconcile/measure.ts';
import { reconcile } from '../shared/reconcile/reconcile.ts';
import { summaryOf } from '../shared/reconcile/summary.ts';
import { createReconcileDependencies } from './composition/reconcile.ts';

const clients = {
  table: createTableClient(),
  s3: createS3Client(),
  sns: createSnsClient(),
  cloudFront: createCloudFrontClient(),
};
const config = readConfig('reconcile');
const dependencies = createReconcileDependencies(clients, config);
const metrics = createMetrics(config.DARKROOM_STAGE, 'reconcile');
const logger = new Logger({ serviceName: 'reconcile' });
/** What an image that is begun may still take. */
const minimumMilliseconds = 10_000;

export async function handler(_event: unknown, context: Context): Promise<Record<string, number>> {
  const reconciliations = await reconcile(dependencies, {
    mayContinue: () => context.getRemainingTimeInMillis() > minimumMilliseconds,
  });
  for (const { imageId, action, error } of reconciliations) {
    if (error) logger.error('could not reconcile', { imageId, action, error });
    else logger.info('reconciled', { imageId, action });
  }
  const summary = summaryOf(reconciliations);
  logger.info('run ended', { ...summary });
  measureRun(summary, metrics.measure);
  metrics.publish();
  return summary;
}
