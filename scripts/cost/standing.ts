// What a stage has of what CloudWatch charges for by the piece: counted in the code and in the compiled template.

import { tasks } from '../../shared/domain/tasks.ts';
import { type Metric, metrics } from '../../shared/processing/measure.ts';
import { compileProject } from '../local/template/compile.ts';
import type { Standing } from './bill.ts';

export async function standingOf(stage: string): Promise<Standing> {
  // As with a distribution for signed URLs, whose keys the count has no use for.
  const { template } = await compileProject({ stage, params: { delivery: 'public' } });
  const alarms = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  return {
    customMetrics: customMetrics(),
    alarmMetrics: alarms.reduce((sum, alarm) => sum + watchedBy(alarm), 0),
  };
}

/** One for each value of a metric's dimensions. */
function customMetrics(): number {
  const names = Object.keys(metrics) as Metric[];
  return names.reduce((sum, name) => sum + (metrics[name].of === 'worker' ? tasks.length : 1), 0);
}

/** An alarm on an expression is charged for each metric in it. */
function watchedBy({ Properties }: { Properties?: Record<string, unknown> }): number {
  const queries = Properties?.['Metrics'] as readonly { MetricStat?: object }[] | undefined;
  return queries?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1;
}
