// The calls that were recorded, as calls of the roles of a deployment; and calls that nobody may make.
import { readRecordedCalls } from '../recorded/file.ts';
import { type Call, list } from '../support/policies.ts';
import { functionsOf, roleOfFunction } from './functions.ts';
import { ofType, type Resources } from './rule.ts';

const recorded = Map.groupBy(readRecordedCalls(), ({ by }) => by);

/** Each function's role with what the function asks of AWS. */
export function callsOf(resources: Resources): { readonly role: string; readonly calls: readonly Call[] }[] {
  return functionsOf(resources).flatMap((one) => {
    const role = roleOfFunction(resources, one)?.logicalId;
    if (role === undefined) return [];
    const key = one.name.split('-').at(-1) ?? '';
    const asked = (recorded.get(key) ?? []).filter(
      ({ resource }) => resource !== 'Distribution' || resources.has('Distribution'),
    );
    const own = asked.map(({ by: _, resource, ...call }): Call => {
      const [logicalId = '', ...below] = resource.split('/');
      const arn = resources.get(logicalId)?.arn ?? `nothing is called ${logicalId}`;
      return { role, resource: [arn, ...below].join('/'), ...call };
    });
    const stream = `${ofType(resources, 'AWS::Logs::LogGroup')
      .find(({ name }) => name === `/aws/lambda/${one.name}`)
      ?.arn.replace(/\*$/, 'log-stream:today')}`;
    const logged = ['logs:CreateLogStream', 'logs:PutLogEvents'].map(
      (action): Call => ({ role, action, resource: stream }),
    );
    return [{ role, calls: [...own, ...logged] }];
  });
}

/** What is like the call, and yet nobody's business: elsewhere, without TLS, of what the function does not name. */
export function forbiddenLike(call: Call): Call[] {
  const { role, action, resource, context = {} } = call;
  const elsewhere = [
    // Another account, another bucket, another prefix, another name.
    resource.replace(/:\d{12}:/, ':999999999999:'),
    resource.replace(/^(arn:[\w-]+:s3:::)[^/]+/, '$1somebody-elses'),
    resource.replace(/(?<=s3:::[^/]+\/)[^/]+/, 'private'),
    resource.replace(/(?<=:)darkroom-(\w+)-/, 'darkroom-$1-other-'),
    resource.replace(/\/index\/\w+$/, '/index/byNothing'),
    // What is called so and somehow on.
    resource.replace(/(?<=:s3:::[^/]+)(?=\/)|(?<!:(?:s3:::[^/]+\/|log-group:).*)$/, '-other'),
  ].filter((other) => other !== resource);
  const contexts: Call['context'][] = [];
  const { 's3:prefix': prefix, 'dynamodb:Attributes': attributes } = context;
  if (prefix !== undefined)
    contexts.push({}, ...['', 'private/', 'original'].map((one) => ({ 's3:prefix': one })));
  if (attributes !== undefined && action !== 'dynamodb:GetItem')
    contexts.push({ 'dynamodb:Attributes': [...list(attributes), 'somethingNew'] });
  return [
    ...elsewhere.map((other) => ({ ...call, resource: other })),
    ...contexts.map((other) => ({ role, action, resource, context: other ?? {} })),
    // CloudFront is asked by TLS or not at all.
    ...(/^(dynamodb|logs|cloudfront):/.test(action)
      ? []
      : [{ ...call, context: { ...context, 'aws:SecureTransport': 'false' } }]),
  ];
}
