// The rules of releases are shown to bite: a template with the fault in it is caught. And what stages do by themselves.
import { describe, expect, it } from 'vitest';
import { leadToPublished } from '../../scripts/package/published.ts';
import { invocations } from './rules/invocations.ts';
import { releases, versions } from './rules/release.ts';
import { ofType } from './rules/rule.ts';
import { deploymentOf } from './support/deployment.ts';
import { findings, propertiesOf, type Spoil, setting } from './support/spoil.ts';

describe('a release that reaches everybody, or cannot be taken back, is caught', () => {
  it.each<readonly [string, Spoil]>([
    [
      'RenditionsLambdaFunction is not released gradually',
      (resources) => delete resources['RenditionsAlias']?.UpdatePolicy,
    ],
    [
      'RenditionsRelease reaches everybody at once',
      setting('RenditionsRelease', { DeploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce' }),
    ],
    [
      'RenditionsRelease is not taken back',
      (resources) => propertiesOf(resources, 'RenditionsRelease').AutoRollbackConfiguration.Events.pop(),
    ],
    [
      'RenditionsRelease is not watched by what it should be',
      (resources) => propertiesOf(resources, 'RenditionsRelease').AlarmConfiguration.Alarms.pop(),
    ],
    ['Releases has no alarm darkroom-prod-release-5xx', setting('Release5xxAlarm', { AlarmName: 'other' })],
    [
      'ReleaseRole may do something else than release',
      (resources) =>
        propertiesOf(resources, 'ReleaseRole').Policies[0].PolicyDocument.Statement[0].Action.push(
          'lambda:UpdateFunctionCode',
        ),
    ],
  ])('%s', async (finding, spoil) => {
    expect(await findings(releases, spoil)).toContain(finding);
  });

  it('HealthLambdaFunction has no alias that leads to its version', async () => {
    const spoil = setting('HealthAlias', { FunctionVersion: '$LATEST' });

    expect(await findings(versions, spoil)).toEqual([
      'HealthLambdaFunction has no alias that leads to its version',
    ]);
  });

  it('a version that a failed release leaves behind', async () => {
    const spoil: Spoil = (resources) => {
      for (const one of Object.values(resources))
        if (one.Type === 'AWS::Lambda::Version') one.DeletionPolicy = 'Retain';
    };

    expect(await findings(versions, spoil)).toContain('HealthLambdaFunction has no version to go back to');
  });

  it.each<readonly [string, Spoil]>([
    [
      'RenditionsLambdaFunction is invoked by nothing',
      setting('RenditionsEventSourceMappingSQSRenditionsQueue', {
        FunctionName: { 'Fn::GetAtt': ['RenditionsLambdaFunction', 'Arn'] },
      }),
    ],
    [
      'HealthLambdaFunction may not be invoked by its API alone',
      setting('HealthLambdaPermissionHttpApi', { FunctionName: { Ref: 'HealthLambdaFunction' } }),
    ],
    [
      'ReconcileLambdaFunction may not be invoked by ReconcileEventsRuleSchedule1 alone',
      setting('ReconcileLambdaPermissionEventsRuleSchedule1', {
        FunctionName: { Ref: 'ReconcileLambdaFunction' },
      }),
    ],
  ])('%s, but past the alias', async (finding, spoil) => {
    expect(await findings(invocations, spoil)).toEqual([finding]);
  });
});

describe('how fast a stage moves', () => {
  const paceOf = async (stage: string, params = {}) => {
    const { resources } = await deploymentOf({ stage, params });
    const groups = ofType(resources, 'AWS::CodeDeploy::DeploymentGroup');
    return [...new Set(groups.map(({ properties }) => properties.DeploymentConfigName))];
  };

  it.each([
    ['dev', []],
    ['test', []],
    ['staging', ['CodeDeployDefault.LambdaAllAtOnce']],
    ['prod', ['CodeDeployDefault.LambdaLinear10PercentEvery1Minute']],
  ])('%s: %j', async (stage, wanted) => {
    expect(await paceOf(stage)).toEqual(wanted);
  });

  it('is what the parameter says', async () => {
    expect(await paceOf('prod', { canary: 'Canary10Percent5Minutes' })).toEqual([
      'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    ]);
  });

  it('has no alarm of releases where nothing is released gradually', async () => {
    const { resources } = await deploymentOf({ stage: 'prod', params: { canary: 'off' } });

    expect([...resources.keys()].filter((name) => /^Release/.test(name))).toEqual([]);
  });
});

it('an alias whose function publishes nothing is no package', () => {
  const HealthAlias = {
    Type: 'AWS::Lambda::Alias',
    Properties: { FunctionName: { Ref: 'HealthLambdaFunction' }, FunctionVersion: '$LATEST', Name: 'live' },
  };

  expect(() => leadToPublished({ HealthAlias })).toThrow('HealthAlias: its function has no version');
});
