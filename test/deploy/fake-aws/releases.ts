// Lambda's versions and aliases, and CodeDeploy, as far as a release can fail by them: nothing is published twice in a row, an
// alias leads to a version that is there, and an alarm that rings takes the alias back.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html

import { createHash } from 'node:crypto';
import type { Buckets } from './buckets.ts';
import { account } from './names.ts';
import type { Permissions } from './permissions.ts';
import type { Resource, Stack } from './stack.ts';

/** One alias that CodeDeploy moved. */
export interface Rollout {
  readonly stack: string;
  readonly alias: string;
  readonly configuration: string;
  readonly isTakenBack: boolean;
}

interface Published {
  readonly version: string;
  readonly content: string;
}

type Resources = ReadonlyMap<string, Resource>;

export class Releases {
  /** Oldest first. */
  readonly rollouts: Rollout[] = [];
  /** Names of alarms that ring. */
  readonly ringing = new Set<string>();
  readonly #published = new Map<string, Published[]>();
  readonly #buckets: Buckets;
  readonly #permissions: Permissions | undefined;

  constructor(buckets: Buckets, permissions: Permissions | undefined) {
    this.#buckets = buckets;
    this.#permissions = permissions;
  }

  /** @returns why it cannot be published */
  publish({ region }: Stack, { name, properties }: Resource, all: Resources): string | undefined {
    const functionName = String(properties['FunctionName']);
    const published = this.#publishedOf(region, functionName);
    const content = this.#contentOf(functionName, all);
    if (published.at(-1)?.content === content)
      return `A version for this Lambda function exists ( ${published.length} ). Modify the function to create a new version.`;
    published.push({ version: name, content });
    return undefined;
  }

  withdraw({ region }: Stack, { name, properties }: Resource): void {
    const functionName = String(properties['FunctionName']);
    const left = this.#publishedOf(region, functionName).filter(({ version }) => version !== name);
    this.#published.set(`${region} ${functionName}`, left);
  }

  /** A function takes its versions along. */
  forget({ region }: Stack, functionName: string): void {
    this.#published.delete(`${region} ${functionName}`);
  }

  /** @returns why the alias cannot lead where it should, or why CodeDeploy took it back */
  lead(stack: Stack, alias: Resource, old: Resource | undefined, all: Resources): string | undefined {
    const { properties, updatePolicy, logicalId } = alias;
    const [functionName, version] = [
      String(properties['FunctionName']),
      String(properties['FunctionVersion']),
    ];
    const isThere = this.#publishedOf(stack.region, functionName).some(
      (one) => `${one.version}.Version` === version,
    );
    if (!isThere) return `Function not found: ${functionName}:${version}`;
    if (old === undefined || old.properties['FunctionVersion'] === version || updatePolicy === undefined)
      return undefined;
    const { ApplicationName, DeploymentGroupName } = updatePolicy.CodeDeployLambdaAliasUpdate;
    const place = `arn:aws:codedeploy:${stack.region}:${account}:deploymentgroup:${ApplicationName}/${DeploymentGroupName}`;
    if (this.#permissions?.mayByStack('codedeploy:CreateDeployment', place) === false)
      return `not authorized to perform: codedeploy:CreateDeployment on resource: ${place}`;
    const group = [...all.values()].find(
      ({ type, name }) => type === 'AWS::CodeDeploy::DeploymentGroup' && name === DeploymentGroupName,
    );
    if (group === undefined) return `No Deployment Group found for name: ${DeploymentGroupName}`;
    const { DeploymentConfigName, AlarmConfiguration } = group.properties as unknown as GroupProperties;
    const alarm = AlarmConfiguration.Alarms.find(({ Name }) => this.ringing.has(Name))?.Name;
    const isTakenBack = alarm !== undefined;
    this.rollouts.push({
      stack: stack.name,
      alias: logicalId,
      configuration: DeploymentConfigName,
      isTakenBack,
    });
    return isTakenBack
      ? `CodeDeploy stopped the deployment and took it back: ${alarm} is in alarm`
      : undefined;
  }

  #publishedOf(region: string, functionName: string): Published[] {
    const key = `${region} ${functionName}`;
    const found = this.#published.get(key) ?? [];
    this.#published.set(key, found);
    return found;
  }

  /** What a version would hold: the function as it is, but for where its zip lies. */
  #contentOf(functionName: string, all: Resources): string {
    const found = [...all.values()].find(
      ({ type, name }) => type === 'AWS::Lambda::Function' && name === functionName,
    );
    const { Code, ...configuration } = (found?.properties ?? {}) as FunctionProperties;
    const zip = Code && this.#buckets.get(Code.S3Bucket)?.get(Code.S3Key)?.body;
    return `${createHash('sha256')
      .update(zip ?? '')
      .digest('hex')} ${JSON.stringify(configuration)}`;
  }
}

interface FunctionProperties {
  readonly Code?: { readonly S3Bucket: string; readonly S3Key: string };
}

interface GroupProperties {
  readonly DeploymentConfigName: string;
  readonly AlarmConfiguration: { readonly Alarms: readonly { readonly Name: string }[] };
}
