// Over the compiled template: nothing can loop, every failure lands where somebody looks, nobody may more than needed.
// Each rule is shown to bite: a template with the fault in it is caught.
import { beforeAll, describe, expect, it } from 'vitest';
import { compileProject } from '../../scripts/local/template/compile.ts';
import type { CompiledService, Template } from '../../scripts/local/template/types.ts';
import { resolveTemplate, withFunctions } from './support/resolved-template.ts';
import {
  alarmViolations,
  deadLetterViolations,
  loopViolations,
  mappingViolations,
  notificationViolations,
  roleViolations,
} from './support/wiring.ts';

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

/** The properties of a resource, to be spoiled. */
function propertiesOf(resources: Template['Resources'], logicalId: string): Record<string, unknown> {
  const properties = resources[logicalId]?.Properties;
  if (properties === undefined) throw new Error(`There is no ${logicalId}`);
  return properties;
}

function grant(resources: Template['Resources'], role: string, Action: string, Resource: string): void {
  const [policy] = propertiesOf(resources, role)['Policies'] as [{ PolicyDocument: { Statement: object[] } }];
  policy.PolicyDocument.Statement.push({ Effect: 'Allow', Action, Resource });
}

describe.each(stages)('stage %s', (stage) => {
  it.each([
    ['gives every queue a DLQ after five receives', deadLetterViolations],
    ['wakes somebody for every queue', alarmViolations],
    ['hides messages for six times the function timeout, and fails batches in part', mappingViolations],
    ['lets the bucket publish before it is told to', notificationViolations],
    ['gives every function a role of its own, without wildcards', roleViolations],
    ['lets nothing a function may write invoke that function again', loopViolations],
  ])('%s', (_title, violationsOf) => {
    expect(violationsOf(resourcesOf(stage))).toEqual([]);
  });
});

describe('the rules', () => {
  it('catch a queue without a DLQ, and one that gives up too early', () => {
    const without = resourcesOf('dev', (resources) => {
      delete propertiesOf(resources, 'RenditionsQueue')['RedrivePolicy'];
    });
    const early = resourcesOf('dev', (resources) => {
      Object.assign(propertiesOf(resources, 'MetadataQueue')['RedrivePolicy'] as object, {
        maxReceiveCount: 1,
      });
    });

    expect(deadLetterViolations(without)).toContain('RenditionsQueue has no DLQ');
    expect(deadLetterViolations(early)).toEqual(['MetadataQueue gives up after 1 receives']);
  });

  it('catch an alarm that is gone', () => {
    const unwatched = resourcesOf('dev', (resources) => {
      delete resources['MetadataDeadLetterAlarm'];
    });

    expect(alarmViolations(unwatched)).toEqual([
      'nobody is woken by ApproximateNumberOfMessagesVisible of MetadataDeadLetterQueue',
    ]);
  });

  it('catch a visibility timeout that a slow function outlives, and whole-batch failures', () => {
    const impatient = resourcesOf('dev', (resources) => {
      Object.assign(propertiesOf(resources, 'RenditionsQueue'), { VisibilityTimeout: 60 });
    });
    const whole = resourcesOf('dev', (resources) => {
      for (const { Type, Properties } of Object.values(resources)) {
        if (Type === 'AWS::Lambda::EventSourceMapping') delete Properties?.['FunctionResponseTypes'];
      }
    });

    expect(mappingViolations(impatient)).toEqual(['RenditionsQueue hides messages for 60 s, not 600']);
    expect(mappingViolations(whole)).toHaveLength(2);
  });

  it('catch a bucket that does not wait for its topic policy, and a publish statement that is gone', () => {
    const hasty = resourcesOf('dev', (resources) => {
      delete resources['OriginalsBucket']?.DependsOn;
    });
    const mute = resourcesOf('dev', (resources) => {
      Object.assign(propertiesOf(resources, 'UploadsTopicPolicy')['PolicyDocument'] as object, {
        Statement: [],
      });
    });

    expect(notificationViolations(hasty)).toEqual(['OriginalsBucket does not wait for UploadsTopicPolicy']);
    expect(notificationViolations(mute)).toEqual([
      expect.stringContaining('nothing lets OriginalsBucket publish'),
    ]);
  });

  it('catch a shared role and a wildcard', () => {
    const shared = resourcesOf('dev', (resources) => {
      Object.assign(propertiesOf(resources, 'MetadataLambdaFunction'), {
        Role: { 'Fn::GetAtt': ['RenditionsRole', 'Arn'] },
      });
    });
    const wide = resourcesOf('dev', (resources) => grant(resources, 'MetadataRole', 's3:*', '*'));

    expect(roleViolations(shared)).toEqual([
      'RenditionsLambdaFunction shares its role',
      'MetadataLambdaFunction shares its role',
    ]);
    expect(roleViolations(wide)).toEqual(['MetadataLambdaFunction may do more than it calls: s3:*']);
  });

  it('catch a worker that may write an original, directly or by way of another', () => {
    const original = 'arn:aws:s3:::darkroom-dev-originals-111122223333-eu-central-1/originals/*';
    const uploads = 'arn:aws:sns:eu-central-1:111122223333:darkroom-dev-uploads';
    const direct = resourcesOf('dev', (resources) =>
      grant(resources, 'RenditionsRole', 's3:PutObject', original),
    );
    const republishing = resourcesOf('dev', (resources) =>
      grant(resources, 'MetadataRole', 'sns:Publish', uploads),
    );

    expect(loopViolations(direct)).toEqual([
      'RenditionsLambdaFunction can invoke itself',
      expect.stringContaining('RenditionsLambdaFunction is invoked by'),
    ]);
    expect(loopViolations(republishing)).toEqual(['MetadataLambdaFunction can invoke itself']);
  });
});
