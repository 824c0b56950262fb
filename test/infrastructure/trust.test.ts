// Over the compiled template: nobody is answered without TLS, a service acts for this account alone and where it must, no
// log goes astray.
// Each rule is shown to bite: a template with the fault in it is caught.
import { beforeAll, expect, it } from 'vitest';
import { compileProject } from '../../scripts/local/template/compile.ts';
import type { CompiledService, Template } from '../../scripts/local/template/types.ts';
import {
  alarmTopicViolations,
  loggingViolations,
  transportViolations,
  trustViolations,
} from './support/privilege.ts';
import { resolveTemplate, withFunctions } from './support/resolved-template.ts';

const stages = ['dev', 'test', 'prod'] as const;
const compiled = new Map<string, CompiledService>();

beforeAll(async () => {
  for (const stage of stages) compiled.set(stage, await compileProject({ stage }));
});

function resourcesOf(stage: string, spoil: (resources: Template['Resources']) => void = () => {}) {
  const service = compiled.get(stage);
  if (service === undefined) throw new Error(`${stage} is not compiled`);
  const template = withFunctions(service);
  spoil(template.Resources);
  return resolveTemplate(template);
}

// biome-ignore lint/suspicious/noExplicitAny: properties are as many shapes as there are resource types
function propertiesOf(resources: Template['Resources'], logicalId: string): any {
  return resources[logicalId]?.Properties;
}

it.each(stages)('stage %s keeps every rule', (stage) => {
  const resources = resourcesOf(stage);

  expect(transportViolations(resources)).toEqual([]);
  expect(trustViolations(resources)).toEqual([]);
  expect(loggingViolations(resources)).toEqual([]);
  expect(alarmTopicViolations(resources)).toEqual([]);
});

it('a bucket, a topic and queues that answer without TLS are caught', () => {
  const open = resourcesOf('prod', (resources) => {
    for (const name of ['RenditionsBucketPolicy', 'ImageEventsTopicPolicy', 'DeadLetterQueuesPolicy'])
      delete resources[name];
  });

  expect(transportViolations(open)).toEqual([
    'RenditionsBucket answers without TLS',
    'RenditionsDeadLetterQueue answers without TLS',
    'MetadataDeadLetterQueue answers without TLS',
    'ImageEventsTopic answers without TLS',
  ]);
});

it('a role that lets a service act for any account is caught', () => {
  const trusting = resourcesOf('prod', (resources) => {
    delete propertiesOf(resources, 'HealthRole').AssumeRolePolicyDocument.Statement[0].Condition;
  });

  expect(trustViolations(trusting)).toEqual(['HealthRole trusts a service on behalf of any account']);
});

it('a topic that any account’s bucket may publish to is caught', () => {
  const trusting = resourcesOf('prod', (resources) => {
    delete propertiesOf(resources, 'UploadsTopicPolicy').PolicyDocument.Statement[0].Condition.StringEquals;
  });

  expect(trustViolations(trusting)).toEqual([
    'arn:aws:sns:eu-central-1:111122223333:darkroom-prod-uploads trusts a service on behalf of any account',
  ]);
});

it.each([
  ['anywhere', { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' }],
  ['to a group that it makes', { Effect: 'Allow', Action: 'logs:CreateLogGroup', Resource: '*' }],
])('a role that may log %s is caught', (_where, statement) => {
  const chatty = resourcesOf('prod', (resources) => {
    propertiesOf(resources, 'HealthRole').Policies[0].PolicyDocument.Statement.push(statement);
  });

  expect(loggingViolations(chatty)).toEqual([
    'HealthLambdaFunction may log elsewhere than to its own group, or not at all',
  ]);
});

it('a topic that lost what lets alarms publish is caught', () => {
  const mute = resourcesOf('prod', (resources) => {
    propertiesOf(resources, 'OperatorsTopicPolicy').PolicyDocument.Statement.shift();
  });

  expect(alarmTopicViolations(mute)).toContain(
    'RenditionsDeadLetterAlarm may not publish to arn:aws:sns:eu-central-1:111122223333:darkroom-prod-operators',
  );
});
