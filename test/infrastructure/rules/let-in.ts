// Who is let in by the policies of buckets, topics and queues: services alone, each for one thing, on behalf of one resource.
import { list, type Statement } from '../support/policies.ts';
import { releaseRoles } from './release.ts';
import { type Deployment, ofType, type Resources } from './rule.ts';

/** What a service may be let in for. */
const mayDo: Readonly<Record<string, string>> = {
  's3.amazonaws.com': 'sns:Publish',
  'sns.amazonaws.com': 'sqs:SendMessage',
  'cloudwatch.amazonaws.com': 'sns:Publish',
  'budgets.amazonaws.com': 'sns:Publish',
  'cloudfront.amazonaws.com': 's3:GetObject',
};

/** Without which a service has nothing to be let in for. */
const onBehalfOf: Readonly<Record<string, string>> = {
  's3.amazonaws.com': 'AWS::S3::Bucket',
  'sns.amazonaws.com': 'AWS::SNS::Topic',
  'cloudwatch.amazonaws.com': 'AWS::CloudWatch::Alarm',
  'budgets.amazonaws.com': 'AWS::Budgets::Budget',
  'cloudfront.amazonaws.com': 'AWS::CloudFront::Distribution',
};

const types = ['AWS::S3::BucketPolicy', 'AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy'];

export const letIn = (resources: Resources, { place }: Deployment): string[] =>
  ofType(resources, ...types).flatMap(({ logicalId, properties }) => {
    const statements = list<Statement>(properties.PolicyDocument?.Statement);
    const open = statements
      .filter(({ Effect }) => Effect === 'Allow')
      .filter(({ Principal, Action, Condition = {} }) => {
        const services = Principal === '*' ? [] : list(Principal?.Service);
        const [service = '', ...others] = services;
        const isOne =
          others.length === 0 &&
          list(Action).join() === mayDo[service] &&
          ofType(resources, onBehalfOf[service] ?? '').length > 0;
        const sources = [Condition['ArnEquals'], Condition['ArnLike']].flatMap((keys) =>
          list(keys?.['aws:SourceArn']),
        );
        const account = list(Condition['StringEquals']?.['aws:SourceAccount']);
        const isBound =
          sources.length > 0 &&
          sources.every((arn) => arn.includes(place.account) && !/^\*|[^-]\*./.test(arn)) &&
          // The name of a bucket is not for ever one account's.
          (service === 'sns.amazonaws.com' ||
            service === 'cloudfront.amazonaws.com' ||
            account.join() === place.account);
        return !(isOne && isBound);
      });
    return open.map(
      ({ Sid = '' }: Statement & { Sid?: string }) => `${logicalId} lets in more than it must by ${Sid}`,
    );
  });

/** A topic or queue that a policy speaks of is one that the policy is put on. */
export const policyTargets = (resources: Resources): string[] =>
  ofType(resources, 'AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy').flatMap(({ logicalId, properties }) => {
    const on = [...list<string>(properties.Topics), ...list<string>(properties.Queues)];
    const spokenOf = list<Statement>(properties.PolicyDocument?.Statement).flatMap(({ Resource }) =>
      list(Resource),
    );
    const named = new Set(spokenOf.map((arn) => arn.split(':').at(-1)));
    const put = new Set(on.map((one) => one.split(':').at(-1)));
    return named.size === put.size && [...named].every((one) => put.has(one))
      ? []
      : [`${logicalId} speaks of others than it is put on`];
  });

/** A role is a function's alone to take, or CodeDeploy's. */
export const trustOfRoles = (resources: Resources): string[] =>
  ofType(resources, 'AWS::IAM::Role')
    .filter((role) => {
      const { properties } = role;
      const service = releaseRoles(resources).includes(role) ? 'codedeploy' : 'lambda';
      const [only, ...others] = list<Statement>(properties.AssumeRolePolicyDocument?.Statement);
      return !(
        others.length === 0 &&
        JSON.stringify(only?.Principal) === `{"Service":"${service}.amazonaws.com"}` &&
        only?.Effect === 'Allow' &&
        list(only?.Action).join() === 'sts:AssumeRole'
      );
    })
    .map(({ logicalId }) => `${logicalId} may be taken by others than functions`);
