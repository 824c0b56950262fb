// The distribution before a stage's renditions, which AWS knows by an ID of its own: found by what resources/delivery.js notes
// beside it.
import { paginateListDistributions } from '@aws-sdk/client-cloudfront';
import type { Stage } from './stage.ts';

/** Regions of partitions without CloudFront. */
const elsewhere = /^(cn|us-gov|us-iso|eu-isoe|eusc)/;

/** Its ID; empty where the stage has none, as on the laptop. */
export async function findDistribution({
  name,
  region,
  isEmulated,
  clients,
}: Pick<Stage, 'name' | 'region' | 'isEmulated' | 'clients'>): Promise<string> {
  if (isEmulated || elsewhere.test(region)) return '';
  for await (const { DistributionList } of paginateListDistributions({ client: clients.cloudFront }, {})) {
    const own = DistributionList?.Items?.find(({ Comment }) => Comment === `darkroom-${name}-${region}`);
    if (own?.Id !== undefined) return own.Id;
  }
  return '';
}
