// Over the compiled template: nobody is answered without TLS, a service acts for this account alone and where it must, no
// log goes astray.
// Each rule is shown to bite: a template with the fault in it is caught.
import { expect, it } from 'vitest';
import { alarmTopics } from './rules/alarms.ts';
import { logging } from './rules/logging.ts';
import { transport } from './rules/transport.ts';
import { trust } from './rules/trust.ts';
import { deploymentOf } from './support/deployment.ts';
import { propertiesOf, type Spoil } from './support/spoil.ts';

const spoiled = async (spoil: Spoil) => (await deploymentOf({ stage: 'prod', spoil })).resources;

it('a bucket, a topic and queues that answer without TLS are caught', async () => {
  const open = await spoiled((resources) => {
    for (const name of ['RenditionsBucketPolicy', 'ImageEventsTopicPolicy', 'DeadLetterQueuesPolicy'])
      delete resources[name];
  });

  expect(transport(open)).toEqual([
    'RenditionsBucket answers without TLS',
    'RenditionsDeadLetterQueue answers without TLS',
    'MetadataDeadLetterQueue answers without TLS',
    'ImageEventsTopic answers without TLS',
  ]);
});

it('a role that lets a service act for any account is caught', async () => {
  const trusting = await spoiled((resources) => {
    delete propertiesOf(resources, 'HealthRole').AssumeRolePolicyDocument.Statement[0].Condition;
  });

  expect(trust(trusting)).toEqual(['HealthRole trusts a service on behalf of any account']);
});

it('a topic that any account’s bucket may publish to is caught', async () => {
  const trusting = await spoiled((resources) => {
    delete propertiesOf(resources, 'UploadsTopicPolicy').PolicyDocument.Statement[0].Condition.StringEquals;
  });

  expect(trust(trusting)).toEqual([
    'arn:aws:sns:eu-central-1:111122223333:darkroom-prod-uploads trusts a service on behalf of any account',
  ]);
});

it.each([
  ['anywhere', { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' }],
  ['to a group that it makes', { Effect: 'Allow', Action: 'logs:CreateLogGroup', Resource: '*' }],
])('a role that may log %s is caught', async (_where, statement) => {
  const chatty = await spoiled((resources) => {
    propertiesOf(resources, 'HealthRole').Policies[0].PolicyDocument.Statement.push(statement);
  });

  expect(logging(chatty)).toEqual([
    'HealthLambdaFunction may log elsewhere than to its own group, or not at all',
  ]);
});

it('a topic that lost what lets alarms publish is caught', async () => {
  const mute = await spoiled((resources) => {
    propertiesOf(resources, 'OperatorsTopicPolicy').PolicyDocument.Statement.shift();
  });

  expect(alarmTopics(mute)).toContain(
    'RenditionsDlqNotEmptyAlarm may not publish to arn:aws:sns:eu-central-1:111122223333:darkroom-prod-operators',
  );
});
