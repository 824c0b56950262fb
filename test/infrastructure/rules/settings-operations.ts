// What alarms, dashboard and budget must say beside what their own rules ask.
import { list } from '../support/policies.ts';
import {
  type Check,
  given,
  is,
  like,
  ofStage,
  ofStageAndRegion,
  refTo,
  type Settings,
  within,
} from './value.ts';

interface Metric {
  readonly Id?: string;
  readonly Label?: string;
  readonly Expression?: string;
  readonly ReturnData?: boolean;
  readonly MetricStat?: { readonly Period?: number; readonly Stat?: string };
}

const period = within(60, 1800);

/** An alarm has metrics of its own, or a period. */
const periodOrMetrics: Check = (value, resource, deployment) =>
  resource.properties.Metrics === undefined ? period(value, resource, deployment) : value === undefined;

/** One, or those of its metrics: CloudWatch refuses an alarm with two. */
const statistic: Check = (value, { properties }) => {
  const said = [properties.Statistic, properties.ExtendedStatistic].filter((one) => one !== undefined);
  return (
    said.length === (properties.Metrics === undefined ? 1 : 0) &&
    (value === undefined || said.includes(value))
  );
};

/** Each has a name that the expression knows it by; what the expression names is there. */
const metrics: Check = (value, resource, deployment) => {
  if (value === undefined) return true;
  const all = value as readonly Metric[];
  const named = all.flatMap(({ Expression = '' }) => Expression.match(/\b[a-z]\w*\b/g) ?? []);
  return (
    named.every((name) => all.some(({ Id }) => Id === name)) &&
    all.every(
      ({ Id, Label, Expression, MetricStat, ReturnData }) =>
        Id !== undefined &&
        (Expression === undefined
          ? ReturnData === false &&
            MetricStat?.Stat !== undefined &&
            period(MetricStat.Period, resource, deployment)
          : ReturnData === true && Label !== undefined),
    )
  );
};

/** Whom it tells; that it tells anybody is another rule's. */
const topics: Check = (value, resource, deployment) =>
  list<string>(value as string[]).every((one) => refTo('AWS::SNS::Topic')(one, resource, deployment));

export const settingsOfOperations: Settings = {
  'AWS::CloudWatch::Alarm': {
    AlarmName: ofStage,
    AlarmDescription: like(/docs\/runbook\.md/),
    AlarmActions: topics,
    OKActions: topics,
    EvaluationPeriods: within(1, 30),
    DatapointsToAlarm: (value, { properties }) =>
      Number(value) >= 1 && Number(value) <= Number(properties.EvaluationPeriods),
    Threshold: given,
    Period: periodOrMetrics,
    Statistic: statistic,
    Metrics: metrics,
  },
  'AWS::CloudWatch::Dashboard': { DashboardName: ofStageAndRegion, DashboardBody: given },
  'AWS::Budgets::Budget': {
    'Budget.BudgetName': ofStageAndRegion,
    'Budget.BudgetLimit.Unit': is('USD'),
    // Of a month, as long as nobody says more by a parameter.
    'Budget.BudgetLimit.Amount': within(1, 1000),
    'NotificationsWithSubscribers[].Notification.Threshold': within(50, 100),
    'NotificationsWithSubscribers[].Notification.ThresholdType': is('PERCENTAGE'),
    'NotificationsWithSubscribers[].Notification.ComparisonOperator': is('GREATER_THAN'),
    'NotificationsWithSubscribers[].Subscribers[].SubscriptionType': is('SNS'),
  },
};
