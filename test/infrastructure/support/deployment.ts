// Stages as they would be deployed, for rules to be held against. A stage is compiled once in a test file.
import type { CompiledService, Template } from '../../../scripts/local/template/types.ts';
import type { Deployment } from '../rules/rule.ts';
import { undelivered } from './delivered.ts';
import { type Place, resolveTemplate } from './resolved-template.ts';
import { compileWholeService } from './whole-service.ts';

export interface DeploymentOptions {
  readonly stage: string;
  /** As `--param` on the command line. */
  readonly params?: Readonly<Record<string, string>>;
  readonly place?: Partial<Place>;
  /** Plants a fault in the template. */
  readonly spoil?: (resources: Template['Resources']) => void;
}

const compiled = new Map<string, Promise<CompiledService>>();

export const stages = ['dev', 'test', 'prod'] as const;
/** One region of each partition. */
export const places: readonly Place[] = [
  { account: '111122223333', partition: 'aws', region: 'eu-central-1' },
  { account: '444455556666', partition: 'aws', region: 'us-east-1' },
  { account: '111122223333', partition: 'aws-cn', region: 'cn-north-1' },
  { account: '111122223333', partition: 'aws-us-gov', region: 'us-gov-west-1' },
];

export async function deploymentOf(options: DeploymentOptions): Promise<Deployment> {
  const { stage, spoil } = options;
  const place = { account: '111122223333', partition: 'aws', region: 'eu-central-1', ...options.place };
  // Where there is no CloudFront, packaging refuses a stage that does not say so.
  const params = { ...(place.partition !== 'aws' && undelivered), ...options.params };
  const key = JSON.stringify([stage, params]);
  const service = compiled.get(key) ?? compileWholeService({ stage, params });
  compiled.set(key, service);
  const template = structuredClone((await service).template);
  spoil?.(template.Resources);
  // The policy of the bucket that deployments put their zips into, which is the framework's own.
  delete template.Resources['ServerlessDeploymentBucketPolicy'];
  return { stage, place, params, resources: resolveTemplate(template, place) };
}
