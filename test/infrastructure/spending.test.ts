// What bounds a stage's bill: the rules of its budget and of runaways are shown to bite.
import { describe, expect, it } from 'vitest';
import { budgetViolations } from './rules/budget.ts';
import { runawayViolations } from './rules/runaway.ts';
import { deploymentOf } from './support/deployment.ts';
import { findings, propertiesOf, type Spoil, setting } from './support/spoil.ts';

describe('a budget', () => {
  it.each<readonly [string, Spoil]>([
    ['there is no budget', (resources) => delete resources['Budget']],
    [
      'Budget tells nobody what will be spent',
      (resources) => propertiesOf(resources, 'Budget').NotificationsWithSubscribers.pop(),
    ],
    [
      'Budget limits no cost of a month',
      (resources) => Object.assign(propertiesOf(resources, 'Budget').Budget, { TimeUnit: 'ANNUALLY' }),
    ],
  ])('that does not warn is caught: %s', async (finding, spoil) => {
    expect(await findings(budgetViolations, spoil)).toEqual([finding]);
  });

  it('that the topic refuses to hear from is caught', async () => {
    const mute: Spoil = (resources) => {
      const document = propertiesOf(resources, 'OperatorsTopicPolicy').PolicyDocument;
      document.Statement = document.Statement.filter(
        (statement: object) => !JSON.stringify(statement).includes('BudgetNotifies'),
      );
    };

    expect(await findings(budgetViolations, mute)).toEqual([
      'Budget tells nobody what is spent',
      'Budget tells nobody what will be spent',
    ]);
  });

  it.each([
    ['aws', { budgetDollars: '0' }],
    ['aws-cn', {}],
    ['aws-us-gov', {}],
  ])('is left out of partition %s with %o', async (partition, params) => {
    const { resources } = await deploymentOf({ stage: 'prod', params, place: { partition } });

    expect(resources.has('Budget')).toBe(false);
  });
});

describe('a runaway is caught', () => {
  it.each<readonly [string, string, object]>([
    [
      'runs more than 10 functions at the same time',
      'RenditionsEventSourceMappingSQSRenditionsQueue',
      { ScalingConfig: undefined },
    ],
    [
      'runs more than 10 functions at the same time',
      'RenditionsEventSourceMappingSQSRenditionsQueue',
      { ScalingConfig: { MaximumConcurrency: 1000 } },
    ],
    ['may invoke itself for ever', 'MetadataLambdaFunction', { RecursiveLoop: 'Allow' }],
    [
      'is traced, which costs more than it says',
      'MetadataLambdaFunction',
      { TracingConfig: { Mode: 'Active' } },
    ],
  ])('that %s: %s', async (problem, logicalId, changes) => {
    expect(await findings(runawayViolations, setting(logicalId, changes))).toEqual([
      `${logicalId} ${problem}`,
    ]);
  });
});
