// CloudFormation of the table of alarms. All of them tell the operators' topic, when they begin and when they are over.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
import { alarmTable } from './alarm-table.js';
import { logicalId, prefixOf, workload } from './workload.js';

export async function alarms(variables) {
  const prefix = await prefixOf(variables);
  const stage = await variables.resolveVariable('sls:stage');
  const table = alarmTable({ prefix, stage, ...(await workload(variables)) });
  return {
    Resources: Object.fromEntries(table.map((row) => [logicalId(row.name, 'alarm'), alarmOf(row, prefix)])),
  };
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
      AlarmActions: operators,
      OKActions: operators,
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
