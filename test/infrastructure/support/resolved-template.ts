// The compiled template with every reference replaced by the name or ARN that it will be, so that rules can be read
// off it without an account.
import { conditionHolds, resolveValue } from '../../../scripts/local/template/intrinsics.ts';
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
  /** How it is updated, where it is not by CloudFormation alone. */
  // biome-ignore lint/suspicious/noExplicitAny: properties are as many shapes as there are resource types
  readonly updatePolicy?: any;
  // biome-ignore lint/suspicious/noExplicitAny: properties are as many shapes as there are resource types
  readonly properties: any;
}

/** Where a stack is deployed to. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

const frankfurt: Place = { account: '111122223333', region: 'eu-central-1', partition: 'aws' };

const nameProperties = [
  ...['BucketName', 'TopicName', 'QueueName', 'TableName', 'FunctionName', 'AlarmName', 'LogGroupName'],
  ...['DeploymentGroupName', 'ApplicationName'],
];

/** What an ARN of each type has after the partition. */
const arnOfType: Readonly<Record<string, (name: string, regional: string, account: string) => string>> = {
  'AWS::S3::Bucket': (name) => `s3:::${name}`,
  'AWS::SNS::Topic': (name, regional) => `sns:${regional}:${name}`,
  'AWS::SQS::Queue': (name, regional) => `sqs:${regional}:${name}`,
  'AWS::DynamoDB::Table': (name, regional) => `dynamodb:${regional}:table/${name}`,
  'AWS::Lambda::Function': (name, regional) => `lambda:${regional}:function:${name}`,
  'AWS::Lambda::Alias': (name, regional) => `lambda:${regional}:function:${name}`,
  'AWS::Logs::LogGroup': (name, regional) => `logs:${regional}:log-group:${name}:*`,
  'AWS::CloudWatch::Alarm': (name, regional) => `cloudwatch:${regional}:alarm:${name}`,
  'AWS::CloudWatch::CompositeAlarm': (name, regional) => `cloudwatch:${regional}:alarm:${name}`,
  'AWS::Events::Rule': (name, regional) => `events:${regional}:rule/${name}`,
  'AWS::CloudFront::Distribution': (name, _regional, account) =>
    `cloudfront::${account}:distribution/${name}`,
  'AWS::IAM::Role': (name, _regional, account) => `iam::${account}:role/${name}`,
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

/** Every resource of the template that is deployed there, by logical ID: those whose condition fails are not. */
export function resolveTemplate(template: Template, place = frankfurt): Map<string, ResolvedResource> {
  const { account, region, partition } = place;
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': partition,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': 'stack',
    'AWS::StackId': 'stack',
  };
  const nameOf = (logicalId: string): string => {
    const properties = template.Resources[logicalId]?.Properties ?? {};
    if (template.Resources[logicalId]?.Type === 'AWS::Lambda::Alias')
      return resolveValue(
        { 'Fn::Join': [':', [properties['FunctionName'], properties['Name']]] },
        scope,
        logicalId,
      ) as string;
    const property = nameProperties.find((candidate) => candidate in properties);
    return property ? String(resolveValue(properties[property], scope, logicalId)) : logicalId;
  };
  const arnOf = (logicalId: string): string => {
    const type = template.Resources[logicalId]?.Type ?? '';
    const own = arnOfType[type]?.(nameOf(logicalId), `${region}:${account}`, account);
    return `arn:${partition}:${own ?? `other::${account}:${logicalId}`}`;
  };
  const scope = {
    template,
    ref(name: string) {
      if (name in pseudo) return pseudo[name];
      const type = template.Resources[name]?.Type;
      // The bucket that deployments put their zips into is the framework's own.
      if (type === undefined) return template.Parameters?.[name]?.Default ?? name;
      return type === 'AWS::SNS::Topic' || type === 'AWS::Lambda::Alias' ? arnOf(name) : nameOf(name);
    },
    attribute(logicalId: string, attribute: string) {
      // Of a version, whose number Lambda makes up.
      if (attribute === 'Version') return logicalId;
      return attribute === 'Arn' ? arnOf(logicalId) : nameOf(logicalId);
    },
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
      ...(resource.UpdatePolicy && { updatePolicy: resolveValue(resource.UpdatePolicy, scope, logicalId) }),
      properties: resolveValue(resource.Properties ?? {}, scope, logicalId),
    },
  ];
  const isDeployed = ([, { Condition }]: [string, TemplateResource]) =>
    Condition === undefined || conditionHolds(Condition, scope);
  return new Map(Object.entries(template.Resources).filter(isDeployed).map(resolve));
}
