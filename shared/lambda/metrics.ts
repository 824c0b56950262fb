// Publishes a worker's metrics through its log, in CloudWatch's embedded format: no call, no waiting.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html

import { Metrics } from '@aws-lambda-powertools/metrics';
import { type Measure, metricUnits } from '../processing/measure.ts';

export interface WorkerMetrics {
  readonly measure: Measure;
  /** Publishes what was measured since the last time; to be called at the end of an invocation. */
  publish(): void;
}

export function createMetrics(serviceName: string): WorkerMetrics {
  const metrics = new Metrics({ namespace: 'Darkroom', serviceName });
  return {
    measure: (metric, value) => metrics.addMetric(metric, metricUnits[metric], value),
    publish() {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}
