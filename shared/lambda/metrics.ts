// Publishes a function's metrics through its log, in CloudWatch's embedded format: no call, no waiting.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html

import { Metrics } from '@aws-lambda-powertools/metrics';
import { type Measure, metrics } from '../processing/measure.ts';

export interface FunctionMetrics {
  readonly measure: Measure;
  /** Publishes what was measured since the last time; to be called at the end of an invocation. */
  publish(): void;
}

/** The metrics of one function of a stage; `name` is the worker that has some of its own. */
export function createMetrics(stage: string, name: string): FunctionMetrics {
  const publishers = {
    worker: createPublisher({ stage, worker: name }),
    stage: createPublisher({ stage }),
  };
  return {
    measure(metric, value) {
      const { unit, of } = metrics[metric];
      publishers[of].addMetric(metric, unit, value);
    },
    publish() {
      for (const publisher of Object.values(publishers)) {
        if (publisher.hasStoredMetrics()) publisher.publishStoredMetrics();
      }
    },
  };
}

function createPublisher(dimensions: Record<string, string>): Metrics {
  const publisher = new Metrics({ namespace: 'Darkroom' });
  // Powertools adds a dimension of its own, which would make every metric another one.
  publisher.clearDefaultDimensions();
  return publisher.setDefaultDimensions(dimensions);
}
