// The caches of the distribution before the renditions: what was deleted is not served any longer.

import { randomUUID } from 'node:crypto';
import { type CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { renditionsPrefix } from '../domain/object-keys.ts';
import type { RenditionCaches } from '../processing/ports.ts';
import { classified } from './sdk-errors.ts';

/**
 * @param distributionId empty where there is none, and nothing keeps a copy
 */
export function createRenditionCaches(client: CloudFrontClient, distributionId: string): RenditionCaches {
  return {
    async forget(imageId) {
      if (distributionId === '') return;
      // One path however many renditions: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PayingForInvalidation.html
      const Paths = { Quantity: 1, Items: [`/${renditionsPrefix(imageId)}*`] };
      const InvalidationBatch = { CallerReference: randomUUID(), Paths };
      const command = new CreateInvalidationCommand({ DistributionId: distributionId, InvalidationBatch });
      await classified('CloudFront CreateInvalidation', client.send(command));
    },
  };
}
