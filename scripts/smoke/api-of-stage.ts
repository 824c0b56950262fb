// Where the API of a deployed stage is, as its stack says.

import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { findStack, outputsOf } from '../operations/stack.ts';
import { OperatorError } from '../terminal/errors.ts';

/** @throws {OperatorError} where no stack says it, as at an endpoint that has no CloudFormation */
export async function apiOfStage(
  client: CloudFormationClient,
  stage: { readonly name: string; readonly place: string },
): Promise<string> {
  const stackName = `darkroom-${stage.name}`;
  const { HttpApiUrl } = outputsOf(await findStack(client, stackName));
  if (HttpApiUrl) return HttpApiUrl;
  throw new OperatorError(`No stack ${stackName} at ${stage.place} says where its API is: name it as --api.`);
}
