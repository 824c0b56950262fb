// CloudFormation of the table of alarms. They tell the operators' topic, when they begin and when they are over; those that are
// for releases alone tell nobody but the release.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
import { alarmTable } from './alarm-table.js';
import { rolloutOf } from './rollout.js';
import { logicalId, prefixOf, workload } from './workload.js';

export async function alarms(variables) {
  const prefix = await prefixOf(variables);
  const table = await alarmsOf(variables);
  return {
    Resources: Object.fromEntries(table.map((row) => [logicalId(row.name, 'alarm'), alarmOf(row, prefix)])),
  };
}

/** The table's rows of this stage. */
export async function alarmsOf(variables) {
  const { all, ...watched } = await workload(variables);
  return alarmTable({
    prefix: await prefixOf(variables),
    stage: await variables.resolveVariable('sls:stage'),
    ...watched,
    released: (await rolloutOf(variables)) === undefined ? [] : all,
  });
}

function alarmOf(row, prefix) {
  const operators = [{ Ref: 'OperatorsTopic' }];
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: `${prefix}-${row.name}`,
      AlarmDescription: `${row.says} See docs/runbook.md, ${row.entry ?? row.name}.`,
      ...(row.expression ? calculated(row) : measured(row)),
      EvaluationPeriods: row.of,
      DatapointsToAlarm: row.in,
      Threshold: row.above ?? row.below,
      ComparisonOperator: row.above === undefined ? 'LessThanThreshold' : 'GreaterThanThreshold',
      TreatMissingData: row.silence,
      ...(row.wakes !== false && { AlarmActions: operators, OKActions: operators }),
    },
  };
}

function measured({ metric: [metric, statistic], seconds }) {
  const { Namespace, MetricName, dimensions } = metric;
  const isPercentile = statistic.startsWith('p');
  return {
    ...{ Namespace, MetricName, Dimensions: dimensionsOf(dimensions), Period: seconds },
    ...(isPercentile ? { ExtendedStatistic: statistic } : { Statistic: statistic }),
  };
}

/** Only the expression is what the alarm looks at. */
function calculated({ metrics, expression, says, seconds }) {
  const inputs = Object.entries(metrics).map(([Id, [{ Namespace, MetricName, dimensions }, Stat]]) => ({
    Id,
    MetricStat: {
      Metric: { Namespace, MetricName, Dimensions: dimensionsOf(dimensions) },
      Period: seconds,
      Stat,
    },
    ReturnData: false,
  }));
  return { Metrics: [{ Id: 'watched', Expression: expression, Label: says, ReturnData: true }, ...inputs] };
}

const dimensionsOf = (dimensions) =>
  Object.entries(dimensions).map(([Name, value]) => ({
    Name,
    Value: value.includes(`\${`) ? { 'Fn::Sub': value } : value,
  }));
