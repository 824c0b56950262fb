// Nothing runs away with the money: workers are bounded in number, Lambda stops what invokes itself, and nobody pays for traces.
import { functionsOf } from './functions.ts';
import { ofType, type Resources } from './rule.ts';

/** More of one worker at the same time need a decision, and a budget that knows of it. */
const mostConcurrent = 10;

export const runawayViolations = (resources: Resources): string[] => {
  const unbounded = ofType(resources, 'AWS::Lambda::EventSourceMapping').flatMap(
    ({ logicalId, properties }) => {
      const concurrency = Number(properties.ScalingConfig?.MaximumConcurrency ?? Number.POSITIVE_INFINITY);
      return concurrency <= mostConcurrent
        ? []
        : [`${logicalId} runs more than ${mostConcurrent} functions at the same time`];
    },
  );
  const functions = functionsOf(resources).flatMap(({ logicalId, properties }) => [
    // Where nothing is said, Lambda ends a loop: https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
    ...((properties.RecursiveLoop ?? 'Terminate') === 'Terminate'
      ? []
      : [`${logicalId} may invoke itself for ever`]),
    // The first request of every second is recorded, at $5 a million: at a trickle, every image several times.
    ...(properties.TracingConfig?.Mode === 'Active'
      ? [`${logicalId} is traced, which costs more than it says`]
      : []),
  ]);
  return [...unbounded, ...functions];
};
