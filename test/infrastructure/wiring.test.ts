// Over the compiled template: nothing can loop, every failure lands where somebody looks, nobody may more than needed.
// Each rule is shown to bite: a template with the fault in it is caught.
import { describe, expect, it } from 'vitest';
import { queueAlarms } from './rules/alarms.ts';
import { deadLetters } from './rules/dead-letters.ts';
import { functionRoles } from './rules/function-roles.ts';
import { loops } from './rules/loops.ts';
import { mappings } from './rules/mappings.ts';
import { notifications } from './rules/notifications.ts';
import { deploymentOf } from './support/deployment.ts';
import { propertiesOf, type Resources } from './support/spoil.ts';

const spoiled = async (spoil: (resources: Resources) => void) =>
  (await deploymentOf({ stage: 'dev', spoil })).resources;

function grant(resources: Resources, role: string, Action: string, Resource: string): void {
  const [policy] = propertiesOf(resources, role)['Policies'] as [{ PolicyDocument: { Statement: object[] } }];
  policy.PolicyDocument.Statement.push({ Effect: 'Allow', Action, Resource });
}

describe('the rules', () => {
  it('catch a queue without a DLQ, and one that gives up too early', async () => {
    const without = await spoiled((resources) => {
      delete propertiesOf(resources, 'RenditionsQueue')['RedrivePolicy'];
    });
    const early = await spoiled((resources) => {
      Object.assign(propertiesOf(resources, 'MetadataQueue')['RedrivePolicy'] as object, {
        maxReceiveCount: 1,
      });
    });

    expect(deadLetters(without)).toContain('RenditionsQueue has no DLQ');
    expect(deadLetters(early)).toEqual(['MetadataQueue gives up after 1 receives']);
  });

  it('catch an alarm that is gone', async () => {
    const unwatched = await spoiled((resources) => {
      delete resources['MetadataDlqNotEmptyAlarm'];
    });

    expect(queueAlarms(unwatched)).toEqual([
      'MetadataDeadLetterQueue wakes nobody by ApproximateNumberOfMessagesVisible',
    ]);
  });

  it('catch a visibility timeout that a slow function outlives, and whole-batch failures', async () => {
    const impatient = await spoiled((resources) => {
      Object.assign(propertiesOf(resources, 'RenditionsQueue'), { VisibilityTimeout: 60 });
    });
    const whole = await spoiled((resources) => {
      for (const { Type, Properties } of Object.values(resources)) {
        if (Type === 'AWS::Lambda::EventSourceMapping') delete Properties?.['FunctionResponseTypes'];
      }
    });

    expect(mappings(impatient)).toEqual(['RenditionsQueue hides messages for 60 s, not 600']);
    expect(mappings(whole)).toHaveLength(2);
  });

  it('catch a bucket that does not wait for its topic policy, and a publish statement that is gone', async () => {
    const hasty = await spoiled((resources) => {
      delete resources['OriginalsBucket']?.DependsOn;
    });
    const mute = await spoiled((resources) => {
      Object.assign(propertiesOf(resources, 'UploadsTopicPolicy')['PolicyDocument'] as object, {
        Statement: [],
      });
    });

    expect(notifications(hasty)).toEqual(['OriginalsBucket does not wait for UploadsTopicPolicy']);
    expect(notifications(mute)).toEqual([expect.stringContaining('OriginalsBucket may not publish to')]);
  });

  it('catch a shared role and a wildcard', async () => {
    const shared = await spoiled((resources) => {
      Object.assign(propertiesOf(resources, 'MetadataLambdaFunction'), {
        Role: { 'Fn::GetAtt': ['RenditionsRole', 'Arn'] },
      });
    });
    const wide = await spoiled((resources) => grant(resources, 'MetadataRole', 's3:*', '*'));

    expect(functionRoles(shared)).toEqual([
      'RenditionsLambdaFunction shares its role',
      'MetadataLambdaFunction shares its role',
    ]);
    expect(functionRoles(wide)).toEqual(['MetadataLambdaFunction may do more than it calls: s3:*']);
  });

  it('catch a worker that may write an original, directly or by way of another', async () => {
    const original = 'arn:aws:s3:::darkroom-dev-originals-111122223333-eu-central-1/originals/*';
    const uploads = 'arn:aws:sns:eu-central-1:111122223333:darkroom-dev-uploads';
    const direct = await spoiled((resources) => grant(resources, 'RenditionsRole', 's3:PutObject', original));
    const republishing = await spoiled((resources) =>
      grant(resources, 'MetadataRole', 'sns:Publish', uploads),
    );

    expect(loops(direct)).toEqual([
      'RenditionsLambdaFunction can invoke itself',
      expect.stringContaining('RenditionsLambdaFunction is invoked by'),
    ]);
    expect(loops(republishing)).toEqual(['MetadataLambdaFunction can invoke itself']);
  });
});
