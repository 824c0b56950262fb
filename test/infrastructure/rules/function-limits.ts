// Time and memory of functions: a function has as long as its work takes, and ends before whoever waits for it gives up.
import { maxWaitSeconds } from '../../../shared/api/contract/queries.ts';
import { renderDeadlineMs } from '../../../shared/imaging/engine.ts';
import { readDeadlineMs } from '../../../shared/imaging/metadata-engine.ts';
import { functionOf, functionsOf } from './functions.ts';
import { ofType, type Resources } from './rule.ts';

/** What a call of the table or of S3 may take until it has been tried again. */
const leastSeconds = 10;
/** API Gateway gives up then. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const gatewaySeconds = 30;
/** Of reconciling, which begins anew then. */
const scheduleSeconds = 300;
/** One vCPU: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const oneProcessorMb = 1769;
/** Of a file of each worker, and of all that a batch has around its files. */
const deadlinesMs: Readonly<Record<string, number>> = {
  renditions: renderDeadlineMs,
  metadata: readDeadlineMs,
};
export const overheadMs = 10_000;

export const functionLimits = (resources: Resources, { stage }: { readonly stage: string }): string[] => {
  const batches = ofType(resources, 'AWS::Lambda::EventSourceMapping').flatMap(
    ({ logicalId, properties }) => {
      const worker = functionOf(resources, properties.FunctionName);
      const deadline = deadlinesMs[keyOf(worker?.name)];
      if (worker === undefined || deadline === undefined) return [`${logicalId} leads to no worker`];
      const neededMs = Number(properties.BatchSize) * deadline + overheadMs;
      // Tests of crashes have no patience: their files are quick.
      return stage === 'test' || neededMs <= Number(worker.properties.Timeout) * 1000
        ? []
        : [`${worker.logicalId} ends before a batch of slow files does`];
    },
  );
  const functions = functionsOf(resources).flatMap(({ logicalId, name, properties }) => {
    const key = keyOf(name);
    const { Timeout, MemorySize } = properties;
    if (key in deadlinesMs)
      return key === 'renditions' && MemorySize < oneProcessorMb
        ? [`${logicalId} has less than a processor`]
        : [];
    const [least, most] =
      key === 'reconcile'
        ? [scheduleSeconds / 10, scheduleSeconds]
        : [key === 'getImage' ? maxWaitSeconds + 1 : leastSeconds, gatewaySeconds - 1];
    return Timeout >= least && Timeout <= most ? [] : [`${logicalId} ends after ${Timeout} s`];
  });
  return [...batches, ...functions];
};

const keyOf = (name = '') => name.split('-').at(-1) ?? '';
