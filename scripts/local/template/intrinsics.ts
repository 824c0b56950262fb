// Resolves CloudFormation's intrinsic functions in a template value. Pure: what is known comes as a scope.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
import { LaptopCloudError } from '../laptop-cloud-error.ts';
import { substitute } from './sub.ts';
import type { Template, TemplateValue } from './types.ts';

export interface ResolutionScope {
  /** What `Ref` gives; undefined when nothing has that name. */
  ref(name: string): TemplateValue;
  /** What `Fn::GetAtt` gives; undefined when there is no such attribute. */
  attribute(logicalId: string, attribute: string): TemplateValue;
  readonly template: Pick<Template, 'Conditions'>;
}

const removed = Symbol('AWS::NoValue');
type Resolved = TemplateValue | typeof removed;
type Intrinsic = (argument: TemplateValue, scope: ResolutionScope, path: string) => Resolved;

/**
 * Gives the value with every intrinsic replaced. Properties that are `AWS::NoValue` are left out.
 *
 * @param path where the value stands, for messages.
 * @throws {LaptopCloudError} for an unknown function, name or attribute, saying where it stands.
 */
export function resolveValue(value: TemplateValue, scope: ResolutionScope, path: string): TemplateValue {
  const resolved = resolve(value, scope, path);
  return resolved === removed ? undefined : resolved;
}

/** Whether a condition of the template holds. */
export function conditionHolds(name: string, scope: ResolutionScope): boolean {
  const condition = scope.template.Conditions?.[name];
  if (condition === undefined) throw new LaptopCloudError(`There is no condition ${name} in the template`);
  return truth(condition, scope, `Conditions.${name}`);
}

const intrinsics: Record<string, Intrinsic> = {
  Ref: (argument, scope, path) => {
    const name = text(argument, path);
    if (name === 'AWS::NoValue') return removed;
    return known(scope.ref(name), `nothing is called ${name}`, path);
  },
  'Fn::GetAtt': (argument, scope, path) => {
    const [logicalId = '', ...attribute] = Array.isArray(argument)
      ? argument.map((part) => text(part, path))
      : text(argument, path).split('.');
    return attributeOf(logicalId, attribute.join('.'), scope, path);
  },
  'Fn::Sub': (argument, scope, path) => {
    const [pattern, given] = Array.isArray(argument) ? argument : [argument, {}];
    const own = resolveMap(given, scope, path);
    return substitute(text(pattern, path), (name) => {
      if (Object.hasOwn(own, name)) return joinable(own[name], path);
      const [logicalId = '', ...attribute] = name.split('.');
      return attribute.length > 0
        ? joinable(attributeOf(logicalId, attribute.join('.'), scope, path), path)
        : joinable(known(scope.ref(name), `nothing is called ${name}`, path), path);
    });
  },
  'Fn::Join': (argument, scope, path) => {
    const [separator, parts] = list(argument, path);
    const values = list(resolveValue(parts, scope, path), path);
    return values.map((part) => joinable(part, path)).join(text(separator, path));
  },
  'Fn::If': (argument, scope, path) => {
    const [condition, whenTrue, whenFalse] = list(argument, path);
    return resolve(conditionHolds(text(condition, path), scope) ? whenTrue : whenFalse, scope, path);
  },
  'Fn::Equals': (argument, scope, path) => {
    const [one, other] = list(argument, path).map((side) => joinable(resolveValue(side, scope, path), path));
    return one === other;
  },
  'Fn::And': (argument, scope, path) => list(argument, path).every((part) => truth(part, scope, path)),
  'Fn::Or': (argument, scope, path) => list(argument, path).some((part) => truth(part, scope, path)),
  'Fn::Not': (argument, scope, path) => !truth(list(argument, path)[0], scope, path),
};

function resolve(value: TemplateValue, scope: ResolutionScope, path: string): Resolved {
  if (Array.isArray(value)) {
    const items = value.map((item, index) => resolve(item, scope, `${path}[${index}]`));
    return items.filter((item) => item !== removed);
  }
  if (value === null || typeof value !== 'object') return value;
  const [only, ...others] = Object.keys(value);
  if (only !== undefined && others.length === 0 && (only === 'Ref' || only.startsWith('Fn::'))) {
    const intrinsic = intrinsics[only];
    if (!intrinsic) throw new LaptopCloudError(`${path}: the laptop cloud does not know ${only}`);
    return intrinsic(value[only], scope, path);
  }
  return resolveMap(value, scope, path);
}

function resolveMap(value: TemplateValue, scope: ResolutionScope, path: string) {
  const entries = Object.entries((value ?? {}) as { [key: string]: TemplateValue })
    .map(([key, item]) => [key, resolve(item, scope, `${path}.${key}`)] as const)
    .filter((entry): entry is readonly [string, TemplateValue] => entry[1] !== removed);
  return Object.fromEntries(entries);
}

function truth(value: TemplateValue, scope: ResolutionScope, path: string): boolean {
  if (value && typeof value === 'object' && !Array.isArray(value) && 'Condition' in value) {
    return conditionHolds(text(value['Condition'], path), scope);
  }
  return resolveValue(value, scope, path) === true;
}

function attributeOf(logicalId: string, attribute: string, scope: ResolutionScope, path: string) {
  return known(scope.attribute(logicalId, attribute), `${logicalId} has no ${attribute} here`, path);
}

function known(value: TemplateValue, problem: string, path: string): TemplateValue {
  if (value === undefined) throw new LaptopCloudError(`${path}: ${problem}`);
  return value;
}

function text(value: TemplateValue, path: string): string {
  if (typeof value !== 'string') throw new LaptopCloudError(`${path}: expected text`);
  return value;
}

function list(value: TemplateValue, path: string): TemplateValue[] {
  if (!Array.isArray(value)) throw new LaptopCloudError(`${path}: expected a list`);
  return value;
}

function joinable(value: TemplateValue, path: string): string {
  if (value === null || value === undefined || typeof value === 'object') {
    throw new LaptopCloudError(`${path}: expected text or a number`);
  }
  return String(value);
}
