// The rules of who may do what, as functions over a resolved template: each answers what breaks it, in words.
import { fits, list, resourceStatements, type Statement, statementsOfRole } from './policies.ts';
import type { ResolvedResource } from './resolved-template.ts';

type Resources = ReadonlyMap<string, ResolvedResource>;

const ofType = (resources: Resources, type: string) =>
  [...resources.values()].filter((resource) => resource.type === type);

/** What a service asks to be refused without TLS. SNS knows no more of it than publishing. */
const refusedWithoutTls: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 's3:*',
  'AWS::SNS::Topic': 'sns:Publish',
  'AWS::SQS::Queue': 'sqs:*',
};

/** Every bucket, topic and queue refuses whoever comes without TLS. */
export function transportViolations(resources: Resources): string[] {
  const refusals = resourceStatements(resources).filter(isTlsOnly);
  return [...resources.values()].flatMap(({ logicalId, type, arn }) => {
    const action = refusedWithoutTls[type];
    if (action === undefined) return [];
    const own = refusals.filter(({ Action }) => list(Action).includes(action));
    const covers = (resource: string) => own.some(({ Resource }) => list(Resource).includes(resource));
    const parts = type === 'AWS::S3::Bucket' ? [arn, `${arn}/*`] : [arn];
    return parts.every(covers) ? [] : [`${logicalId} answers without TLS`];
  });
}

function isTlsOnly({ Effect, Principal, Condition }: Statement): boolean {
  return Effect === 'Deny' && Principal === '*' && Condition?.['Bool']?.['aws:SecureTransport'] === 'false';
}

/** A service may act for this account alone: in every role's trust, and wherever a service is let in. */
export function trustViolations(resources: Resources): string[] {
  const trusts = ofType(resources, 'AWS::IAM::Role').flatMap(({ logicalId, properties }) =>
    list<Statement>(properties.AssumeRolePolicyDocument.Statement).map((statement) => ({
      logicalId,
      statement,
    })),
  );
  const policies = resourceStatements(resources)
    .filter(
      ({ Principal }) => Principal !== undefined && Principal !== '*' && Principal.Service !== undefined,
    )
    .map((statement) => ({ logicalId: list(statement.Resource).join(', '), statement }));
  return [...trusts, ...policies]
    .filter(({ statement }) => !namesAccount(statement))
    .map(({ logicalId }) => `${logicalId} trusts a service on behalf of any account`);
}

/** By its number, or by the ARN of something in it. An ARN of S3 names no account. */
function namesAccount({ Condition = {} }: Statement): boolean {
  const account = list(Condition['StringEquals']?.['aws:SourceAccount']);
  const arns = list(Condition['ArnEquals']?.['aws:SourceArn']);
  return (
    account.some((number) => /^\d{12}$/.test(number)) ||
    arns.some((arn) => /^arn:[\w-]+:\w+:[\w-]*:\d{12}:/.test(arn))
  );
}

/** Every function logs to its own log group, which the stack made, and nowhere else. */
export function loggingViolations(resources: Resources): string[] {
  return ofType(resources, 'AWS::Lambda::Function').flatMap(({ logicalId, name, properties }) => {
    const role = [...resources.values()].find(({ arn }) => arn === properties.Role);
    const group = ofType(resources, 'AWS::Logs::LogGroup').find((one) => one.name === `/aws/lambda/${name}`);
    if (role === undefined || group === undefined) return [`${logicalId} has no role, or no log group`];
    const logging = statementsOfRole(role).filter(({ Action }) =>
      list(Action).some((action) => action.startsWith('logs:')),
    );
    const isOwn = logging.every(({ Resource }) => list(Resource).every((one) => one === group.arn));
    const actions = logging.flatMap(({ Action }) => list(Action)).sort();
    return isOwn && actions.join() === 'logs:CreateLogStream,logs:PutLogEvents'
      ? []
      : [`${logicalId} may log elsewhere than to its own group, or not at all`];
  });
}

/** Every alarm may publish to the topics that it is to tell. */
export function alarmTopicViolations(resources: Resources): string[] {
  const open = resourceStatements(resources).filter(
    ({ Effect, Action, Principal }) =>
      Effect === 'Allow' &&
      list(Action).includes('sns:Publish') &&
      Principal !== '*' &&
      list(Principal?.Service).includes('cloudwatch.amazonaws.com'),
  );
  return ofType(resources, 'AWS::CloudWatch::Alarm').flatMap(({ logicalId, arn, properties }) => {
    const refusing = list<string>(properties.AlarmActions).filter(
      (topic) =>
        !open.some(
          ({ Resource, Condition }) =>
            list(Resource).includes(topic) &&
            list(Condition?.['ArnLike']?.['aws:SourceArn']).some((pattern) => fits(pattern, arn)),
        ),
    );
    return refusing.map((topic) => `${logicalId} may not publish to ${topic}`);
  });
}
