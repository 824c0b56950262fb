// Over the compiled template: data survives, nothing is delivered into the void, the API is throttled and leaves a log.
// Each rule is shown to bite: a template with the fault in it is caught.
import { expect, it } from 'vitest';
import * as api from './rules/api-stage.ts';
import * as data from './rules/data.ts';
import * as queues from './rules/queues.ts';
import type { Rule } from './rules/rule.ts';
import { deploymentOf } from './support/deployment.ts';
import { propertiesOf, type Resources } from './support/spoil.ts';

type Fault = readonly [rule: Rule, finding: string, spoil: (resources: Resources) => void];

const faults: readonly Fault[] = [
  [
    data.retentionViolations,
    'ImagesTable meets Retain when the stack is removed',
    ({ ImagesTable }) => Object.assign(ImagesTable ?? {}, { DeletionPolicy: 'Retain' }),
  ],
  [
    data.retentionViolations,
    'UserPool meets Delete when the stack is removed',
    ({ UserPool }) => delete UserPool?.DeletionPolicy,
  ],
  [
    data.replacementViolations,
    'OriginalsBucket meets Delete when it is replaced',
    ({ OriginalsBucket }) => delete OriginalsBucket?.UpdateReplacePolicy,
  ],
  [
    data.protectionViolations,
    'ImagesTable can be deleted by one call',
    (resources) => delete propertiesOf(resources, 'ImagesTable').DeletionProtectionEnabled,
  ],
  [
    data.protectionViolations,
    'UserPool can be deleted by one call',
    (resources) => delete propertiesOf(resources, 'UserPool').DeletionProtection,
  ],
  [
    data.recoveryViolations,
    'ImagesTable has no point-in-time recovery',
    (resources) => delete propertiesOf(resources, 'ImagesTable').PointInTimeRecoverySpecification,
  ],
  [
    data.versionViolations,
    'OriginalsBucket keeps no version of what is deleted',
    (resources) => delete propertiesOf(resources, 'OriginalsBucket').VersioningConfiguration,
  ],
  [
    data.versionViolations,
    'OriginalsBucket does not forget versions after 7 days',
    (resources) => propertiesOf(resources, 'OriginalsBucket').LifecycleConfiguration.Rules.shift(),
  ],
  [
    data.versionViolations,
    'OriginalsBucket keeps the marks of deletions',
    (resources) =>
      delete propertiesOf(resources, 'OriginalsBucket').LifecycleConfiguration.Rules[0]
        .ExpiredObjectDeleteMarker,
  ],
  [
    data.versionViolations,
    'OriginalsBucket keeps what was uploaded in part',
    (resources) => propertiesOf(resources, 'OriginalsBucket').LifecycleConfiguration.Rules.pop(),
  ],
  [
    data.versionViolations,
    'RenditionsBucket keeps versions of what can be made again',
    (resources) =>
      Object.assign(propertiesOf(resources, 'RenditionsBucket'), {
        VersioningConfiguration: { Status: 'Enabled' },
      }),
  ],
  [
    data.versionViolations,
    'OriginalsBucket keeps copies by ReplicationConfiguration',
    (resources) =>
      Object.assign(propertiesOf(resources, 'OriginalsBucket'), { ReplicationConfiguration: {} }),
  ],
  [
    data.bucketViolations,
    'RenditionsBucket lacks RestrictPublicBuckets',
    (resources) =>
      delete propertiesOf(resources, 'RenditionsBucket').PublicAccessBlockConfiguration.RestrictPublicBuckets,
  ],
  [
    data.bucketViolations,
    'OriginalsBucket says nothing of encryption',
    (resources) => delete propertiesOf(resources, 'OriginalsBucket').BucketEncryption,
  ],
  [
    data.bucketViolations,
    'OriginalsBucket lets others own objects',
    (resources) => delete propertiesOf(resources, 'OriginalsBucket').OwnershipControls,
  ],
  [
    data.bucketViolations,
    'OriginalsBucket has a name that another region may want',
    (resources) => Object.assign(propertiesOf(resources, 'OriginalsBucket'), { BucketName: 'originals' }),
  ],
  [
    data.indexViolations,
    'byOwner is an index that nobody queries',
    (resources) => delete propertiesOf(resources, 'ListImagesRole').Policies,
  ],
  [
    queues.encryptionViolations,
    'MetadataQueue is not encrypted',
    (resources) => delete propertiesOf(resources, 'MetadataQueue').SqsManagedSseEnabled,
  ],
  [
    queues.redriveViolations,
    'MetadataQueue may be the DLQ of queues that it does not know',
    (resources) => delete propertiesOf(resources, 'MetadataQueue').RedriveAllowPolicy,
  ],
  [
    queues.redriveViolations,
    'RenditionsDeadLetterQueue may be the DLQ of queues that it does not know',
    (resources) =>
      Object.assign(propertiesOf(resources, 'RenditionsDeadLetterQueue').RedriveAllowPolicy, {
        redrivePermission: 'allowAll',
      }),
  ],
  [
    queues.subscriptionViolations,
    'MetadataSubscription loses what SNS cannot deliver',
    (resources) => delete propertiesOf(resources, 'MetadataSubscription').RedrivePolicy,
  ],
  [
    queues.subscriptionViolations,
    'RenditionsSubscription is refused by its DLQ',
    (resources) => propertiesOf(resources, 'DeadLetterQueuesPolicy').PolicyDocument.Statement.shift(),
  ],
  [
    queues.subscriptionViolations,
    'RenditionsSubscription is refused by its queue',
    (resources) => propertiesOf(resources, 'WorkerQueuesPolicy').PolicyDocument.Statement.shift(),
  ],
  [
    queues.subscriptionViolations,
    'MetadataSubscription has a DLQ from which nothing comes back to its queue',
    (resources) =>
      Object.assign(propertiesOf(resources, 'MetadataSubscription'), {
        RedrivePolicy: propertiesOf(resources, 'RenditionsSubscription').RedrivePolicy,
      }),
  ],
  [
    api.throttlingViolations,
    'HttpApiStage has no ThrottlingBurstLimit of its own',
    (resources) => delete propertiesOf(resources, 'HttpApiStage').DefaultRouteSettings.ThrottlingBurstLimit,
  ],
  [
    api.accessLogViolations,
    'HttpApiStage leaves no access log',
    (resources) => delete propertiesOf(resources, 'HttpApiStage').AccessLogSettings,
  ],
  [
    api.accessLogViolations,
    'the access log tells $context.path',
    (resources) =>
      Object.assign(propertiesOf(resources, 'HttpApiStage').AccessLogSettings, { Format: '$context.path' }),
  ],
  [
    api.logRetentionViolations,
    'HttpApiLogGroup is kept for ever',
    (resources) => delete propertiesOf(resources, 'HttpApiLogGroup').RetentionInDays,
  ],
];

it.each(faults)('%o catches: %s', async (rule, finding, spoil) => {
  const deployment = await deploymentOf({ stage: 'prod', spoil });

  expect(rule(deployment.resources, deployment)).toContain(finding);
});
