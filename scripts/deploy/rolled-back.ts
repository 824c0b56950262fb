// Whether what was deployed last is not there: its deployment failed, and CloudFormation went back to the one before.

import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

interface Provider {
  readonly naming: { getStackName(): string };
  getCloudFormationClient(): Promise<CloudFormationClient>;
}

/** @throws the service's error, when it cannot be asked */
export async function wasRolledBack(provider: Provider): Promise<boolean> {
  const client = await provider.getCloudFormationClient();
  const command = new DescribeStacksCommand({ StackName: provider.naming.getStackName() });
  const { Stacks = [] } = await client.send(command);
  return Stacks.some(({ StackStatus = '' }) => StackStatus.includes('ROLLBACK'));
}
