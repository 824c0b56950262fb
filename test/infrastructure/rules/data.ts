// The rules of data that survives, as functions over a resolved template: each answers what breaks it, in words.
import { pageBucketOf } from './distribution.ts';
import { type Deployment, ofType, type Resources } from './rule.ts';

const holdsData = ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::Cognito::UserPool'];

/** The files of the page are built from the project, and are nobody's data. */
const holders = (resources: Resources) => {
  const page = pageBucketOf(resources);
  return ofType(resources, ...holdsData).filter((one) => one !== page);
};

/**
 * Data outlives the stack, and whatever takes its place; only what a first creation left behind goes, or the next one would
 * fail by its name.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export function retentionViolations(resources: Resources): string[] {
  return holders(resources)
    .filter(({ deletionPolicy }) => deletionPolicy !== 'RetainExceptOnCreate')
    .map(({ logicalId, deletionPolicy }) => `${logicalId} meets ${deletionPolicy} when the stack is removed`);
}

/** Another name or key must not be the end of what is there: in any stage. */
export function replacementViolations(resources: Resources): string[] {
  return holders(resources)
    .filter(({ updateReplacePolicy }) => updateReplacePolicy !== 'Retain')
    .map(
      ({ logicalId, updateReplacePolicy }) => `${logicalId} meets ${updateReplacePolicy} when it is replaced`,
    );
}

/** Whatever else was kept would block the next creation by its name. A version is kept for what went before. */
export function keptViolations(resources: Resources): string[] {
  const data = holders(resources);
  return [...resources.values()]
    .filter((one) => !data.includes(one) && one.type !== 'AWS::Lambda::Version')
    .filter(({ deletionPolicy, updateReplacePolicy }) =>
      [deletionPolicy, updateReplacePolicy].some((policy) => policy !== 'Delete'),
    )
    .map(({ logicalId }) => `${logicalId} stays when the stack is removed, or another takes its place`);
}

/** Tables and user pools refuse to be deleted. A bucket does so by itself, unless it is empty. */
export function protectionViolations(resources: Resources): string[] {
  const tables = ofType(resources, 'AWS::DynamoDB::Table').filter(
    ({ properties }) => properties.DeletionProtectionEnabled !== true,
  );
  const pools = ofType(resources, 'AWS::Cognito::UserPool').filter(
    ({ properties }) => properties.DeletionProtection !== 'ACTIVE',
  );
  return [...tables, ...pools].map(({ logicalId }) => `${logicalId} can be deleted by one call`);
}

/** A table can be had back as it was at any second of the last weeks. */
export function recoveryViolations(resources: Resources): string[] {
  return ofType(resources, 'AWS::DynamoDB::Table')
    .filter(
      ({ properties }) => properties.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled !== true,
    )
    .map(({ logicalId }) => `${logicalId} has no point-in-time recovery`);
}

interface LifecycleRule {
  readonly Status: string;
  readonly NoncurrentVersionExpiration?: { readonly NoncurrentDays: number };
  readonly ExpiredObjectDeleteMarker?: boolean;
  readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation: number };
}

/** How long an operator can bring an original back, and so how long one is still there that was deleted. Days. */
const versionDays = 7;

/**
 * Originals, which nobody can make again, have versions for a week, and leave nothing after that; what can be made again has
 * no second copy anywhere.
 */
export function versionViolations(resources: Resources): string[] {
  return ofType(resources, 'AWS::S3::Bucket').flatMap(({ logicalId, properties }) => {
    const others = ['ReplicationConfiguration', 'ObjectLockEnabled', 'ObjectLockConfiguration'].filter(
      (copies) => properties[copies] !== undefined,
    );
    const more = others.map((copies) => `${logicalId} keeps copies by ${copies}`);
    const isVersioned = properties.VersioningConfiguration?.Status === 'Enabled';
    if (properties.NotificationConfiguration === undefined)
      return isVersioned ? [...more, `${logicalId} keeps versions of what can be made again`] : more;
    if (!isVersioned) return [...more, `${logicalId} keeps no version of what is deleted`];
    const rules: readonly LifecycleRule[] = properties.LifecycleConfiguration?.Rules ?? [];
    const own = rules.filter(({ Status }) => Status === 'Enabled');
    return [
      ...more,
      ...(own.some(({ NoncurrentVersionExpiration: end }) => end?.NoncurrentDays === versionDays)
        ? []
        : [`${logicalId} does not forget versions after ${versionDays} days`]),
      ...(own.some(({ ExpiredObjectDeleteMarker }) => ExpiredObjectDeleteMarker === true)
        ? []
        : [`${logicalId} keeps the marks of deletions`]),
      ...(own.some(({ AbortIncompleteMultipartUpload }) => AbortIncompleteMultipartUpload !== undefined)
        ? []
        : [`${logicalId} keeps what was uploaded in part`]),
    ];
  });
}

/** Buckets are encrypted, their owner's alone, and nobody can open them to the world. */
export function bucketViolations(resources: Resources, { place }: Deployment): string[] {
  return ofType(resources, 'AWS::S3::Bucket').flatMap(({ logicalId, properties }) => {
    const open = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].filter(
      (name) => properties.PublicAccessBlockConfiguration?.[name] !== true,
    );
    const [encryption] = properties.BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
    const [ownership] = properties.OwnershipControls?.Rules ?? [];
    return [
      ...open.map((name) => `${logicalId} lacks ${name}`),
      ...(encryption?.ServerSideEncryptionByDefault?.SSEAlgorithm
        ? []
        : [`${logicalId} says nothing of encryption`]),
      ...(ownership?.ObjectOwnership === 'BucketOwnerEnforced'
        ? []
        : [`${logicalId} lets others own objects`]),
      ...(String(properties.BucketName).includes(place.region)
        ? []
        : [`${logicalId} has a name that another region may want`]),
    ];
  });
}

interface Granting {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** An index that no role may query is paid for with each write, and used by nobody. */
export function indexViolations(resources: Resources): string[] {
  const queried = ofType(resources, 'AWS::IAM::Role').flatMap(({ properties }) =>
    (properties.Policies ?? []).flatMap(
      ({ PolicyDocument }: { PolicyDocument: { Statement: readonly Granting[] } }) =>
        PolicyDocument.Statement.filter(({ Action }) => [Action].flat().includes('dynamodb:Query')).flatMap(
          ({ Resource }) => [Resource].flat(),
        ),
    ),
  );
  return ofType(resources, 'AWS::DynamoDB::Table').flatMap(({ arn, properties }) =>
    (properties.GlobalSecondaryIndexes ?? [])
      .map(({ IndexName }: { IndexName: string }) => IndexName)
      .filter((name: string) => !queried.includes(`${arn}/index/${name}`))
      .map((name: string) => `${name} is an index that nobody queries`),
  );
}
