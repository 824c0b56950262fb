// The compiled template with every reference replaced by the name or ARN that it will be, so that rules can be read
// off it without an account.
import { resolveValue } from '../../../scripts/local/template/intrinsics.ts';
import type { CompiledService, Template, TemplateResource } from '../../../scripts/local/template/types.ts';

export interface ResolvedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly arn: string;
  readonly name: string;
  readonly dependsOn: readonly string[];
  /** What becomes of it when the stack is removed, and when another takes its place. */
  readonly deletionPolicy: string;
  readonly updateReplacePolicy: string;
  // biome-ignore lint/suspicious/noExplicitAny: properties are as many shapes as there are resource types
  readonly properties: any;
}

const account = '111122223333';
const region = 'eu-central-1';
const nameProperties = [
  ...['BucketName', 'TopicName', 'QueueName', 'TableName', 'FunctionName', 'AlarmName', 'LogGroupName'],
];

const arnOfType: Readonly<Record<string, (name: string) => string>> = {
  'AWS::S3::Bucket': (name) => `arn:aws:s3:::${name}`,
  'AWS::SNS::Topic': (name) => `arn:aws:sns:${region}:${account}:${name}`,
  'AWS::SQS::Queue': (name) => `arn:aws:sqs:${region}:${account}:${name}`,
  'AWS::DynamoDB::Table': (name) => `arn:aws:dynamodb:${region}:${account}:table/${name}`,
  'AWS::Lambda::Function': (name) => `arn:aws:lambda:${region}:${account}:function:${name}`,
  'AWS::Logs::LogGroup': (name) => `arn:aws:logs:${region}:${account}:log-group:${name}:*`,
  'AWS::CloudWatch::Alarm': (name) => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`,
  'AWS::IAM::Role': (name) => `arn:aws:iam::${account}:role/${name}`,
};

/** The template with its functions, which the laptop's compilation leaves to the packaging. */
export function withFunctions({ template, functions }: CompiledService): Template {
  const resources = functions.map(({ logicalId, name, timeoutSeconds, role, environment }) => {
    const Role = role === undefined ? undefined : { 'Fn::GetAtt': [role, 'Arn'] };
    const Environment = { Variables: environment };
    const Properties = { FunctionName: name, Timeout: timeoutSeconds, Role, Environment };
    return [logicalId, { Type: 'AWS::Lambda::Function', Properties }] as const;
  });
  return structuredClone({
    ...template,
    Resources: { ...template.Resources, ...Object.fromEntries(resources) },
  });
}

/** Every resource of the template, by logical ID. */
export function resolveTemplate(template: Template): Map<string, ResolvedResource> {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': 'stack',
    'AWS::StackId': 'stack',
  };
  const nameOf = (logicalId: string): string => {
    const properties = template.Resources[logicalId]?.Properties ?? {};
    const property = nameProperties.find((candidate) => candidate in properties);
    return property ? String(resolveValue(properties[property], scope, logicalId)) : logicalId;
  };
  const arnOf = (logicalId: string): string => {
    const type = template.Resources[logicalId]?.Type ?? '';
    return arnOfType[type]?.(nameOf(logicalId)) ?? `arn:aws:other::${account}:${logicalId}`;
  };
  const scope = {
    template,
    ref(name: string) {
      if (name in pseudo) return pseudo[name];
      const type = template.Resources[name]?.Type;
      // The bucket that deployments put their zips into is the framework's own.
      if (type === undefined) return template.Parameters?.[name]?.Default ?? name;
      return type === 'AWS::SNS::Topic' ? arnOf(name) : nameOf(name);
    },
    attribute: (logicalId: string, attribute: string) =>
      attribute === 'Arn' ? arnOf(logicalId) : nameOf(logicalId),
  };
  const resolve = ([logicalId, resource]: [string, TemplateResource]): [string, ResolvedResource] => [
    logicalId,
    {
      logicalId,
      type: resource.Type,
      arn: arnOf(logicalId),
      name: nameOf(logicalId),
      dependsOn: [resource.DependsOn ?? []].flat(),
      deletionPolicy: resource.DeletionPolicy ?? 'Delete',
      updateReplacePolicy: resource.UpdateReplacePolicy ?? 'Delete',
      properties: resolveValue(resource.Properties ?? {}, scope, logicalId),
    },
  ];
  return new Map(Object.entries(template.Resources).map(resolve));
}
