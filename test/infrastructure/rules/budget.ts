// A stage that people use tells its operators when the account spends more than it may.
import { list, resourceStatements } from '../support/policies.ts';
import { ofType, type Resources } from './rule.ts';

export const budgetViolations = (resources: Resources): string[] => {
  // There are no budgets in other partitions.
  if (![...resources.values()].some(({ arn }) => arn.startsWith('arn:aws:'))) return [];
  const budgets = ofType(resources, 'AWS::Budgets::Budget');
  if (budgets.length === 0) return ['there is no budget'];
  return budgets.flatMap(({ logicalId, properties }) => {
    const { Budget, NotificationsWithSubscribers } = properties;
    const notified = list<{ Notification: { NotificationType: string }; Subscribers: { Address: string }[] }>(
      NotificationsWithSubscribers,
    );
    const hears = (type: string) =>
      notified.some(
        ({ Notification, Subscribers }) =>
          Notification.NotificationType === type &&
          Subscribers.some(({ Address }) => letsBudgetsPublish(resources, Address)),
      );
    const isMonthly = Budget.TimeUnit === 'MONTHLY' && Budget.BudgetType === 'COST';
    return [
      ...(isMonthly && Number(Budget.BudgetLimit?.Amount) > 0
        ? []
        : [`${logicalId} limits no cost of a month`]),
      ...(hears('ACTUAL') ? [] : [`${logicalId} tells nobody what is spent`]),
      ...(hears('FORECASTED') ? [] : [`${logicalId} tells nobody what will be spent`]),
    ];
  });
};

const letsBudgetsPublish = (resources: Resources, topic: string) =>
  resourceStatements(resources).some(
    ({ Effect, Principal, Action, Resource }) =>
      Effect === 'Allow' &&
      Principal !== '*' &&
      list(Principal?.Service).includes('budgets.amazonaws.com') &&
      list(Action).includes('sns:Publish') &&
      list(Resource).includes(topic),
  );
