// Reconciles a stage as its schedule does, once and now.
import { createReconcileDependencies } from '../../functions/composition/reconcile.ts';
import { type Reconciliation, reconcile } from '../../shared/reconcile/reconcile.ts';
import { findDistribution } from './distribution.ts';
import type { Stage } from './stage.ts';

export interface ReconcileOptions {
  readonly maxImages?: number;
  readonly isDryRun?: boolean;
  /** As if it were another time. */
  readonly clock?: () => Date;
}

export async function reconcileStage(
  stage: Stage,
  { maxImages = 1000, isDryRun = false, clock }: ReconcileOptions = {},
): Promise<Reconciliation[]> {
  const dependencies = createReconcileDependencies(stage.clients, {
    IMAGES_TABLE: stage.tableName,
    ORIGINALS_BUCKET: stage.originalsBucket,
    RENDITIONS_BUCKET: stage.renditionsBucket,
    DISTRIBUTION_ID: await findDistribution(stage),
    UPLOADS_TOPIC_ARN: stage.uploadsTopicArn,
    IMAGE_EVENTS_TOPIC_ARN: stage.imageEventsTopicArn,
    RECONCILE_MAX_IMAGES: maxImages,
  });
  return reconcile({ ...dependencies, ...(clock && { clock }) }, { isDryRun });
}
