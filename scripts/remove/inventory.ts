// What a removal would take and what it would leave, by the stack as it is deployed and not as it would be now.

import {
  type CloudFormationClient,
  GetTemplateCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { findStack } from '../operations/stack.ts';
import { OperatorError } from '../terminal/errors.ts';

export interface DeployedResource {
  readonly logicalId: string;
  readonly type: string;
  /** Its name, ARN or URL. */
  readonly name: string;
}

export interface Inventory {
  readonly stackName: string;
  /** CloudFormation refuses to delete it. */
  readonly isProtected: boolean;
  /** Stays when the stack goes. */
  readonly kept: readonly DeployedResource[];
  /** Goes with the stack, and must be empty then. */
  readonly buckets: readonly DeployedResource[];
  /** Goes with the stack, and what is in it. */
  readonly tables: readonly DeployedResource[];
  readonly othersThatGo: number;
}

interface Template {
  readonly Resources: Readonly<Record<string, { readonly DeletionPolicy?: string }>>;
}

/** The framework's own bucket, which it empties itself. */
const frameworkBucket = 'ServerlessDeploymentBucket';
const data = ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::Cognito::UserPool'];

/** @throws {OperatorError} when there is no such stack */
export async function inventoryOf(
  client: CloudFormationClient,
  stackName: string,
  region: string,
): Promise<Inventory> {
  const stack = await findStack(client, stackName);
  if (!stack)
    throw new OperatorError(`There is no stack ${stackName} in ${region}: is the stage deployed there?`);
  const isProtected = stack.EnableTerminationProtection ?? false;
  const { TemplateBody = '{}' } = await client.send(new GetTemplateCommand({ StackName: stackName }));
  const { Resources } = JSON.parse(TemplateBody) as Template;
  const all: DeployedResource[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client },
    { StackName: stackName },
  ))
    for (const {
      LogicalResourceId: logicalId = '',
      ResourceType: type = '',
      PhysicalResourceId: name = '',
    } of StackResourceSummaries)
      all.push({ logicalId, type, name });
  const isKept = ({ logicalId }: DeployedResource) =>
    /^Retain/.test(Resources[logicalId]?.DeletionPolicy ?? '');
  const going = all.filter((one) => !isKept(one));
  const ofType = (type: string) =>
    going.filter((one) => one.type === type && one.logicalId !== frameworkBucket);
  const [buckets, tables] = [ofType('AWS::S3::Bucket'), ofType('AWS::DynamoDB::Table')];
  return {
    ...{ stackName, isProtected, buckets, tables },
    kept: all.filter((one) => isKept(one) && data.includes(one.type)),
    othersThatGo: going.length - buckets.length - tables.length,
  };
}
