// What buckets, table and secrets must say beside what makes data survive.
import { given, is, like, ofStage, refTo, type Settings, within } from './value.ts';

const keyTypes = is('HASH', 'RANGE');
const attributes = ['imageId', 'ownerId', 'createdAt', 'overdueShard', 'overdueAt'];

export const settingsOfData: Settings = {
  'AWS::S3::Bucket': {
    // Of all the world, so with account and region.
    BucketName: (value, _resource, { stage, place }) =>
      new RegExp(`^darkroom-${stage}-\\w+-${place.account}-${place.region}$`).test(String(value)),
    'BucketEncryption.ServerSideEncryptionConfiguration[].ServerSideEncryptionByDefault.SSEAlgorithm':
      is('AES256'),
    LifecycleConfiguration: (value) =>
      value === undefined ||
      (
        value as {
          Rules: { Id?: string; AbortIncompleteMultipartUpload?: { DaysAfterInitiation: number } }[];
        }
      ).Rules.every(
        ({ Id, AbortIncompleteMultipartUpload: abort }) =>
          Id !== undefined && (abort === undefined || abort.DaysAfterInitiation === 1),
      ),
  },
  'AWS::S3::BucketPolicy': { Bucket: refTo('AWS::S3::Bucket'), 'PolicyDocument.Statement[].Sid': given },
  'AWS::DynamoDB::Table': {
    TableName: ofStage,
    BillingMode: is('PAY_PER_REQUEST'),
    AttributeDefinitions: is(attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' }))),
    KeySchema: is([{ AttributeName: 'imageId', KeyType: 'HASH' }]),
    'GlobalSecondaryIndexes[].IndexName': like(/^by[A-Z]\w+$/),
    'GlobalSecondaryIndexes[].KeySchema': (value) => Array.isArray(value) && value.length === 2,
    'GlobalSecondaryIndexes[].KeySchema[].AttributeName': is(...attributes),
    'GlobalSecondaryIndexes[].KeySchema[].KeyType': keyTypes,
    'GlobalSecondaryIndexes[].Projection.ProjectionType': is('KEYS_ONLY'),
    'TimeToLiveSpecification.AttributeName': is('expiresAtSeconds'),
    'TimeToLiveSpecification.Enabled': is(true),
  },
  'AWS::SecretsManager::Secret': {
    'GenerateSecretString.PasswordLength': within(32, 128),
    'GenerateSecretString.ExcludePunctuation': is(true),
  },
};
