// Brings a compiled service's resources into being, each after what it refers to, side by side where it can.
import { localAccountId } from '../credentials.ts';
import { LaptopCloudError } from '../laptop-cloud-error.ts';
import { conditionHolds, type ResolutionScope, resolveValue } from '../template/intrinsics.ts';
import { dependenciesOf, inOrder } from '../template/references.ts';
import type { CompiledService, TemplateResource } from '../template/types.ts';
import { provisionAlias } from './alias.ts';
import { provisionBucket } from './bucket.ts';
import { type QueueMapping, readQueueMapping } from './event-source-mapping.ts';
import { notLocal, standIn } from './not-local.ts';
import type { Provisioned, Provisioner, ProvisioningContext } from './provisioner.ts';
import { provisionQueue } from './queue.ts';
import { provisionSecret } from './secret.ts';
import { provisionSubscription } from './subscription.ts';
import { provisionTable } from './table.ts';
import { provisionTopic } from './topic.ts';
import { provisionUserPool, provisionUserPoolClient } from './user-pool.ts';

const provisioners: Readonly<Record<string, Provisioner>> = {
  'AWS::DynamoDB::Table': provisionTable,
  'AWS::Lambda::Alias': provisionAlias,
  'AWS::S3::Bucket': provisionBucket,
  'AWS::SNS::Subscription': provisionSubscription,
  'AWS::SNS::Topic': provisionTopic,
  'AWS::SQS::Queue': provisionQueue,
  'AWS::Cognito::UserPool': provisionUserPool,
  'AWS::Cognito::UserPoolClient': provisionUserPoolClient,
  'AWS::SecretsManager::Secret': provisionSecret,
};

const mappingType = 'AWS::Lambda::EventSourceMapping';

export interface ProvisionedStack {
  /** By logical id: everything that was provisioned, and stand-ins for what was not. */
  readonly resources: Readonly<Record<string, Provisioned>>;
  readonly mappings: QueueMapping[];
  readonly scope: ResolutionScope;
}

/**
 * Provisions every resource of the template that means something locally. Safe to run again.
 *
 * @param known resources that exist already, by logical id, as the API and its URL.
 * @throws {LaptopCloudError} for a type, property or reference that the laptop cloud does not know.
 */
export async function provisionStack(
  service: CompiledService,
  context: ProvisioningContext,
  known: Record<string, Provisioned> = {},
): Promise<ProvisionedStack> {
  const resources: Record<string, Provisioned> = { ...functionsOf(service), ...known };
  const mappings: QueueMapping[] = [];
  const scope = scopeOver(service, resources);
  const wanted = Object.fromEntries(
    Object.entries(service.template.Resources).filter(
      ([, resource]) => resource.Condition === undefined || conditionHolds(resource.Condition, scope),
    ),
  );
  refuseUnknownTypes(wanted);

  const provision = async (logicalId: string, resource: TemplateResource) => {
    if (resource.Type in notLocal) {
      resources[logicalId] ??= standIn(logicalId);
      return;
    }
    const path = `Resources.${logicalId}.Properties`;
    const properties = resolveValue(resource.Properties, scope, path);
    const resolved = { logicalId, type: resource.Type, properties };
    const mapping = resource.Type === mappingType ? readQueueMapping(resolved) : undefined;
    if (mapping) mappings.push(mapping);
    const provisioned = await provisioners[resource.Type]?.(resolved, context);
    if (provisioned) resources[logicalId] = provisioned;
  };

  const started = new Map<string, Promise<void>>();
  for (const logicalId of inOrder(wanted)) {
    const resource = wanted[logicalId] as TemplateResource;
    const before = dependenciesOf(resource).map((dependency) => started.get(dependency));
    started.set(
      logicalId,
      Promise.all(before).then(() => provision(logicalId, resource)),
    );
  }
  await settleAll([...started.values()]);
  return { resources, mappings, scope };
}

function refuseUnknownTypes(resources: Record<string, TemplateResource>) {
  const unknown = Object.entries(resources).filter(
    ([, { Type }]) => Type !== mappingType && !(Type in provisioners) && !(Type in notLocal),
  );
  if (unknown.length === 0) return;
  const names = unknown.map(([logicalId, { Type }]) => `${logicalId} (${Type})`).join(', ');
  throw new LaptopCloudError(
    `The laptop cloud does not know ${names}: provision it, or list it in scripts/local/provision/not-local.ts`,
  );
}

function functionsOf(service: CompiledService): Record<string, Provisioned> {
  return Object.fromEntries(
    service.functions.map(({ logicalId, name }) => [
      logicalId,
      {
        ref: name,
        attributes: { Arn: `arn:aws:lambda:${service.region}:${localAccountId}:function:${name}` },
      },
    ]),
  );
}

function scopeOver(service: CompiledService, resources: Record<string, Provisioned>): ResolutionScope {
  const pseudo: Record<string, string> = {
    'AWS::AccountId': localAccountId,
    'AWS::Partition': 'aws',
    'AWS::Region': service.region,
    'AWS::StackId': `arn:aws:cloudformation:${service.region}:${localAccountId}:stack/${service.stackName}/local`,
    'AWS::StackName': service.stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  return {
    template: service.template,
    ref: (name) => pseudo[name] ?? resources[name]?.ref ?? service.template.Parameters?.[name]?.Default,
    attribute: (logicalId, attribute) => resources[logicalId]?.attributes[attribute],
  };
}

// Waits for all before it tells of the first failure: nobody may still be provisioning when the engines close.
async function settleAll(promises: Promise<void>[]) {
  const results = await Promise.allSettled(promises);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
