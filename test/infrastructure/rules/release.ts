// A release goes to a version that stays, by an alias that moves as it should, watched by what takes it back.
import { list, type Statement, statementsOfRole } from '../support/policies.ts';
import type { ResolvedResource } from '../support/resolved-template.ts';
import { aliasOfFunction, functionsOf } from './functions.ts';
import { byArn, type Deployment, ofType, type Resources } from './rule.ts';

/** Each function has a version that outlives the next deployment: what is gone cannot be gone back to. */
export const versions = (resources: Resources): string[] =>
  functionsOf(resources).flatMap((one) => {
    const version = versionOf(resources, one);
    const aliases = ofType(resources, 'AWS::Lambda::Alias').filter(
      ({ properties }) => properties.FunctionName === one.name,
    );
    return [
      // One that was published by a release which failed would block the next attempt.
      ...(version?.deletionPolicy === 'RetainExceptOnCreate'
        ? []
        : [`${one.logicalId} has no version to go back to`]),
      ...(aliases.length === 1 && aliases[0]?.properties.FunctionVersion === version?.logicalId
        ? []
        : [`${one.logicalId} has no alias that leads to its version`]),
    ];
  });

const versionOf = (resources: Resources, { name }: ResolvedResource) =>
  ofType(resources, 'AWS::Lambda::Version').find(({ properties }) => properties.FunctionName === name);

/** What a release is taken back by, as `resources/release-alarms.js` and the table of alarms should have it. */
const watchedBy = ['rejections-many', 'release-errors', 'release-errors-2', 'release-5xx', 'release-retries'];
const takenBackOn = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'];

/** CodeDeploy moves each alias, by a group of its own that alarms stop. */
export const releases = (resources: Resources, { stage }: Deployment): string[] => {
  const groups = ofType(resources, 'AWS::CodeDeploy::DeploymentGroup');
  const [application] = ofType(resources, 'AWS::CodeDeploy::Application');
  const alarms = ofType(resources, 'AWS::CloudWatch::Alarm').map(({ name }) => name);
  const missing = watchedBy
    .map((name) => `darkroom-${stage}-${name}`)
    .filter((name) => !alarms.includes(name));
  return [
    ...missing.map((name) => `Releases has no alarm ${name}`),
    ...functionsOf(resources).flatMap((one) => {
      const update = aliasOfFunction(resources, one)?.updatePolicy?.CodeDeployLambdaAliasUpdate;
      const group = groups.find(
        ({ name }) => update?.DeploymentGroupName === name && one.name === `darkroom-${stage}-${name}`,
      );
      return group !== undefined && update?.ApplicationName === application?.name
        ? flawsOf(group, resources, stage)
        : [`${one.logicalId} is not released gradually`];
    }),
    ...roleFlaws(resources),
  ];
};

function flawsOf({ logicalId, properties }: ResolvedResource, resources: Resources, stage: string): string[] {
  const { AlarmConfiguration = {}, AutoRollbackConfiguration = {}, DeploymentConfigName } = properties;
  const watched = list<{ Name: string }>(AlarmConfiguration.Alarms).map(({ Name }) => Name);
  const wanted = watchedBy.map((name) => `darkroom-${stage}-${name}`);
  const isWatched =
    AlarmConfiguration.Enabled === true &&
    AlarmConfiguration.IgnorePollAlarmFailure === false &&
    wanted.every((name) => watched.includes(name)) &&
    watched.length === wanted.length;
  const events = list<string>(AutoRollbackConfiguration.Events);
  const isTakenBack = AutoRollbackConfiguration.Enabled === true && events.join() === takenBackOn.join();
  const isGradual = /^CodeDeployDefault\.Lambda(Linear|Canary)10Percent(Every)?\d+Minutes?$/.test(
    String(DeploymentConfigName),
  );
  const isKnown = isGradual || DeploymentConfigName === 'CodeDeployDefault.LambdaAllAtOnce';
  return [
    ...(isKnown ? [] : [`${logicalId} has a pace that CodeDeploy does not know`]),
    ...(isWatched ? [] : [`${logicalId} is not watched by what it should be`]),
    ...(isTakenBack ? [] : [`${logicalId} is not taken back`]),
    ...(isGradual || stage !== 'prod' ? [] : [`${logicalId} reaches everybody at once`]),
    ...(byArn(resources, properties.ServiceRoleArn) === undefined ? [`${logicalId} has no role`] : []),
  ];
}

/** The role of releases moves these aliases and looks at alarms. */
function roleFlaws(resources: Resources): string[] {
  const functions = functionsOf(resources).map(({ arn }) => arn);
  const aliases = ofType(resources, 'AWS::Lambda::Alias').map(({ arn }) => arn);
  const wanted: readonly (readonly [action: string, places: readonly string[]])[] = [
    ['lambda:GetAlias', functions],
    ['lambda:UpdateAlias', functions],
    ['lambda:GetProvisionedConcurrencyConfig', aliases],
    ['cloudwatch:DescribeAlarms', ['*']],
  ];
  const allowed = (statements: readonly Statement[]) =>
    statements.flatMap(({ Effect, Action, Resource, Condition }) =>
      list(Action).flatMap((action) =>
        list(Resource).map((place) => `${Effect} ${action} ${place} ${JSON.stringify(Condition ?? {})}`),
      ),
    );
  const asked = wanted.flatMap(([action, places]) => places.map((place) => `Allow ${action} ${place} {}`));
  return releaseRoles(resources)
    .filter((role) => allowed(statementsOfRole(role)).sort().join() !== asked.sort().join())
    .map(({ logicalId }) => `${logicalId} may do something else than release`);
}

/** The roles that CodeDeploy takes. */
export function releaseRoles(resources: Resources): ResolvedResource[] {
  const arns = ofType(resources, 'AWS::CodeDeploy::DeploymentGroup').map(
    ({ properties }) => properties.ServiceRoleArn,
  );
  return ofType(resources, 'AWS::IAM::Role').filter(({ arn }) => arns.includes(arn));
}
