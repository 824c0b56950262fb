// What leads from a queue to its function.
import { list } from '../support/policies.ts';
import { functionOf } from './functions.ts';
import { byArn, ofType, type Resources } from './rule.ts';

/** A queue hides a message for six times as long as its function may take, and a batch may fail in part. */
export const mappings = (resources: Resources): string[] =>
  ofType(resources, 'AWS::Lambda::EventSourceMapping').flatMap(({ logicalId, properties }) => {
    const queue = byArn(resources, properties.EventSourceArn);
    const worker = functionOf(resources, properties.FunctionName);
    if (queue === undefined || worker === undefined) return [`${logicalId} joins nothing`];
    const visibility = Number(queue.properties.VisibilityTimeout);
    const wanted = 6 * Number(worker.properties.Timeout);
    return [
      ...(visibility === wanted
        ? []
        : [`${queue.logicalId} hides messages for ${visibility} s, not ${wanted}`]),
      ...(list(properties.FunctionResponseTypes).join() === 'ReportBatchItemFailures'
        ? []
        : [`${logicalId} fails a batch as a whole`]),
    ];
  });
