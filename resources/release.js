// How a release reaches those who call. Everything invokes a function through its alias `live`; packaging points that at the
// version that it publishes, and the alias moves there as the stage parameter `canary` says, watched by alarms. ADR 36.
import { alarmsOf } from './alarms.js';
import { alias } from './release-alarms.js';
import { rolloutOf } from './rollout.js';
import { logicalId, prefixOf } from './workload.js';

/** Aliases, what moves them, and the framework's own resources made to lead to them. */
export async function release(variables) {
  const functions = await variables.resolveVariable('self:functions');
  const names = Object.keys(functions);
  const rollout = await rolloutOf(variables);
  return {
    Resources: {
      ...Object.fromEntries(names.map((name) => [aliasOf(name), aliasResource(name, rollout)])),
      ...(rollout !== undefined && (await rolloutResources(variables, names, rollout))),
    },
    extensions: Object.assign({}, ...names.map((name) => leadToAlias(name, functions[name].events))),
  };
}

const aliasOf = (name) => logicalId(name, 'alias');
const functionOf = (name) => logicalId(name, 'lambda', 'function');
const groupOf = (name) => logicalId(name, 'release');

/** `$LATEST` is what a laptop runs; of what is packaged, scripts/package/published.ts names the version. */
const aliasResource = (name, rollout) => ({
  Type: 'AWS::Lambda::Alias',
  ...(rollout !== undefined && {
    UpdatePolicy: {
      CodeDeployLambdaAliasUpdate: {
        ApplicationName: { Ref: 'Releases' },
        DeploymentGroupName: { Ref: groupOf(name) },
      },
    },
  }),
  Properties: { FunctionName: { Ref: functionOf(name) }, FunctionVersion: '$LATEST', Name: alias },
});

/** What the framework makes of a function's events, with the alias in place of the function. */
function leadToAlias(name, events) {
  const target = { Ref: aliasOf(name) };
  const permission = { Properties: { FunctionName: target } };
  return Object.assign(
    {},
    ...events.map((event) => {
      if ('httpApi' in event)
        return {
          [`HttpApiIntegration${logicalId(name)}`]: { Properties: { IntegrationUri: target } },
          [logicalId(name, 'lambda', 'permission', 'http', 'api')]: permission,
        };
      if ('sqs' in event) {
        const queue = event.sqs.arn['Fn::GetAtt'][0];
        return { [`${logicalId(name)}EventSourceMappingSQS${queue}`]: permission };
      }
      return {
        [`${logicalId(name)}EventsRuleSchedule1`]: {
          Properties: { Targets: [{ Arn: target, Id: `${name}Schedule` }] },
        },
        [`${logicalId(name)}LambdaPermissionEventsRuleSchedule1`]: permission,
      };
    }),
  );
}

/** A group of its own for each function: a group deploys one thing at a time, and CloudFormation moves all aliases at once. */
async function rolloutResources(variables, names, rollout) {
  const prefix = await prefixOf(variables);
  const alarms = (await alarmsOf(variables)).filter(({ rollsBack }) => rollsBack);
  const Alarms = alarms.map((row) => ({ Name: { Ref: logicalId(row.name, 'alarm') } }));
  const groups = names.map((name) => [
    groupOf(name),
    {
      Type: 'AWS::CodeDeploy::DeploymentGroup',
      Properties: {
        ApplicationName: { Ref: 'Releases' },
        DeploymentGroupName: name,
        ServiceRoleArn: { 'Fn::GetAtt': ['ReleaseRole', 'Arn'] },
        DeploymentConfigName: rollout,
        DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
        },
        AlarmConfiguration: { Enabled: true, IgnorePollAlarmFailure: false, Alarms },
      },
    },
  ]);
  return {
    Releases: {
      Type: 'AWS::CodeDeploy::Application',
      Properties: { ApplicationName: prefix, ComputePlatform: 'Lambda' },
    },
    ReleaseRole: releaseRole(names),
    ...Object.fromEntries(groups),
  };
}

/** What CodeDeploy does for a function without hooks, of AWSCodeDeployRoleForLambda, for these functions alone. */
const releaseRole = (names) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'codedeploy.amazonaws.com' },
          Action: 'sts:AssumeRole',
          // https://docs.aws.amazon.com/codedeploy/latest/userguide/security_confused_deputy.html
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ],
    },
    Policies: [
      {
        PolicyName: 'release',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['lambda:GetAlias', 'lambda:UpdateAlias'],
              Resource: names.map((name) => ({ 'Fn::GetAtt': [functionOf(name), 'Arn'] })),
            },
            {
              Effect: 'Allow',
              Action: 'lambda:GetProvisionedConcurrencyConfig',
              Resource: names.map((name) => ({ 'Fn::Sub': `\${${functionOf(name)}.Arn}:${alias}` })),
            },
            // It knows no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
            { Effect: 'Allow', Action: 'cloudwatch:DescribeAlarms', Resource: '*' },
          ],
        },
      },
    ],
  },
});
