// AWS::Lambda::EventSourceMapping of a queue: nothing to make, everything to read for who polls it.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
import { z } from 'zod';
import { checkedProperties, type ResolvedResource } from './provisioner.ts';

const shape = z.strictObject({
  EventSourceArn: z.string().regex(/^arn:[^:]+:sqs:/, 'only queues are polled here'),
  FunctionName: z.string(),
  BatchSize: z.coerce.number().int().min(1).max(10_000).default(10),
  MaximumBatchingWindowInSeconds: z.coerce.number().min(0).max(300).default(0),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  // Lambda begins with five concurrent batches: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
  ScalingConfig: z
    .strictObject({ MaximumConcurrency: z.coerce.number().int().min(2).max(1000).default(5) })
    .default({ MaximumConcurrency: 5 }),
  Enabled: z.boolean().default(true),
});

export interface QueueMapping {
  readonly logicalId: string;
  readonly queueArn: string;
  readonly functionArn: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly maximumConcurrency: number;
  readonly reportsBatchItemFailures: boolean;
}

/**
 * Reads a mapping; undefined when it is switched off.
 *
 * @throws {LaptopCloudError} for a property that the laptop cloud does not honor, as a filter.
 */
export function readQueueMapping(resource: ResolvedResource): QueueMapping | undefined {
  const properties = checkedProperties(resource, shape);
  if (!properties.Enabled) return undefined;
  return {
    logicalId: resource.logicalId,
    queueArn: properties.EventSourceArn,
    functionArn: properties.FunctionName,
    batchSize: properties.BatchSize,
    batchingWindowSeconds: properties.MaximumBatchingWindowInSeconds,
    maximumConcurrency: properties.ScalingConfig.MaximumConcurrency,
    reportsBatchItemFailures: properties.FunctionResponseTypes.length > 0,
  };
}
