// Answers as IAM would whether a role of the template may do something: by its own statements and those of buckets, topics
// and queues. It knows the operators that the template uses, and throws on any other.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
import type { ResolvedResource } from './resolved-template.ts';

type Resources = ReadonlyMap<string, ResolvedResource>;
type OneOrMore<T> = T | readonly T[];
type Conditions = Readonly<Record<string, Readonly<Record<string, OneOrMore<string>>>>>;

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: OneOrMore<string>;
  readonly Resource: OneOrMore<string>;
  readonly Principal?: '*' | { readonly AWS?: OneOrMore<string>; readonly Service?: OneOrMore<string> };
  readonly Condition?: Conditions;
}

export interface Call {
  /** The logical ID of the role. */
  readonly role: string;
  /** As in a policy: `s3:GetObject`. */
  readonly action: string;
  /** An ARN. */
  readonly resource: string;
  /** What the request says of itself. A call comes by TLS unless `aws:SecureTransport` says otherwise. */
  readonly context?: Readonly<Record<string, OneOrMore<string>>>;
}

/** Whether the call is allowed by the role, and denied by nobody. */
export function isAllowed(resources: Resources, call: Call): boolean {
  const role = resources.get(call.role);
  if (role?.type !== 'AWS::IAM::Role') throw new Error(`There is no role ${call.role}`);
  const always = { 'aws:SecureTransport': 'true', 'aws:PrincipalArn': role.arn };
  const request = { ...call, context: { ...always, ...call.context } };
  const own = statementsOfRole(role).filter((statement) => applies(statement, request));
  const others = resourceStatements(resources).filter(
    (statement) => isPrincipal(statement, role.arn) && applies(statement, request),
  );
  const isDenied = [...own, ...others].some(({ Effect }) => Effect === 'Deny');
  return !isDenied && own.some(({ Effect }) => Effect === 'Allow');
}

/** Whether a policy of a resource denies the call to somebody who is no role of the template. */
export function isDeniedTo(resources: Resources, principalArn: string, call: Omit<Call, 'role'>): boolean {
  const always = { 'aws:SecureTransport': 'true', 'aws:PrincipalArn': principalArn };
  const request = { ...call, role: '', context: { ...always, ...call.context } };
  return resourceStatements(resources).some(
    (statement) =>
      statement.Effect === 'Deny' && isPrincipal(statement, principalArn) && applies(statement, request),
  );
}

/** Whether a policy of a resource lets a service of AWS make the call, and none denies it. */
export function isAllowedToService(resources: Resources, service: string, call: Omit<Call, 'role'>): boolean {
  const request = { ...call, role: '', context: { 'aws:SecureTransport': 'true', ...call.context } };
  const effects = resourceStatements(resources)
    .filter(({ Principal }) => Principal === '*' || list(Principal?.Service).includes(service))
    .filter((statement) => applies(statement, request))
    .map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

/** What a role's inline policies say. */
export function statementsOfRole({ properties }: ResolvedResource): Statement[] {
  return list<{ PolicyDocument: { Statement: Statement[] } }>(properties.Policies).flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );
}

/** What the policies of buckets, topics and queues say. */
export function resourceStatements(resources: Resources): Statement[] {
  const types = ['AWS::S3::BucketPolicy', 'AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy'];
  return [...resources.values()]
    .filter(({ type }) => types.includes(type))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement as Statement[]);
}

export function list<T>(value: OneOrMore<T> | undefined): readonly T[] {
  return [value ?? []].flat() as T[];
}

/** Whether a pattern of ARNs or names, in which `*` is any text, fits. */
export function fits(pattern: string, text: string): boolean {
  if (!pattern.includes('*')) return pattern === text;
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 's').test(text);
}

type Request = Call & { readonly context: Readonly<Record<string, OneOrMore<string>>> };

function applies(
  { Action, Resource, Condition = {} }: Statement,
  { action, resource, context }: Request,
): boolean {
  return (
    list(Action).some((pattern) => fits(pattern, action)) &&
    list(Resource).some((pattern) => fits(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => holds(operator, list(wanted), context[key])),
    )
  );
}

function isPrincipal({ Principal }: Statement, roleArn: string): boolean {
  return Principal === '*' || (Principal !== undefined && list(Principal.AWS).includes(roleArn));
}

const comparisons: Readonly<Record<string, (wanted: string, given: string) => boolean>> = {
  StringEquals: (wanted, given) => wanted === given,
  StringLike: fits,
  ArnEquals: (wanted, given) => wanted === given,
  ArnLike: fits,
  Bool: (wanted, given) => wanted === given,
  NumericGreaterThan: (wanted, given) => Number(given) > Number(wanted),
};

function holds(operator: string, wanted: readonly string[], given: OneOrMore<string> | undefined): boolean {
  if (operator === 'Null') return wanted.includes(String(given === undefined));
  // What is absent equals nothing.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
  if (operator === 'StringNotEquals') return !list(given).some((value) => wanted.includes(value));
  const [name = '', set] = operator.split(':').reverse();
  const compare = comparisons[name];
  if (compare === undefined || (set !== undefined && set !== 'ForAllValues'))
    throw new Error(`Nobody has taught this test what ${operator} means`);
  const matches = (value: string) => wanted.some((one) => compare(one, value));
  if (set !== undefined) return list(given).every(matches);
  return given !== undefined && list(given).some(matches);
}
