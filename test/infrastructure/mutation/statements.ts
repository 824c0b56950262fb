// Every statement of every policy deleted, and weakened part by part.
import { list, type Statement } from '../support/policies.ts';
import type { ResolvedResource } from '../support/resolved-template.ts';
import type { Change, Mutator } from './mutant.ts';
import { changedAt, type Path, pathName, placesIn } from './paths.ts';

export const isPolicyDocument = (value: unknown): value is { Statement: readonly Statement[] } =>
  typeof value === 'object' && value !== null && 'Statement' in value;

export const statementMutants: Mutator = function* (resource) {
  for (const [path, value] of placesIn(resource.properties)) {
    if (!isPolicyDocument(value)) continue;
    yield {
      kind: 'policy version removed',
      where: pathName(path),
      to: changedAt(resource, [...path, 'Version']),
    };
    for (const [index, statement] of list<Statement>(value.Statement).entries()) {
      const at = [...path, 'Statement', index];
      yield { kind: 'statement removed', where: pathName(at), to: changedAt(resource, at) };
      yield* listed(resource, at, statement, 'Action');
      yield* listed(resource, at, statement, 'Resource');
      yield* conditions(resource, at, statement);
      yield* widened(resource, at, statement);
    }
  }
};

/** One action or resource less. */
function* listed(
  resource: ResolvedResource,
  at: Path,
  statement: Statement,
  key: 'Action' | 'Resource',
): Generator<Change> {
  const items = list<string>(statement[key]);
  if (items.length < 2) return;
  for (const [index, item] of items.entries()) {
    const to = changedAt(
      resource,
      [...at, key],
      items.filter((_, other) => other !== index),
    );
    yield { kind: `${key.toLowerCase()} removed`, where: `${pathName(at)}.${key} ${item}`, to };
  }
}

/** A condition, one of its keys, one of a key's values less; or a value that fits everything. */
function* conditions(resource: ResolvedResource, at: Path, { Condition }: Statement): Generator<Change> {
  if (Condition === undefined) return;
  const path = [...at, 'Condition'];
  yield { kind: 'condition removed', where: pathName(path), to: changedAt(resource, path) };
  for (const [operator, keys] of Object.entries(Condition)) {
    for (const weak of weakerOperators(operator)) {
      const { [operator]: _, ...others } = Condition;
      const to = changedAt(resource, path, { ...others, [weak]: keys });
      yield { kind: 'operator weakened', where: `${pathName(path)} ${weak}`, to };
    }
    for (const [key, values] of Object.entries(keys)) {
      const keyPath = [...path, operator, key];
      const where = pathName(keyPath);
      yield { kind: 'condition key removed', where, to: changedAt(resource, keyPath) };
      const items = list<string>(values);
      for (const value of items.length > 1 ? items : []) {
        const to = changedAt(
          resource,
          keyPath,
          items.filter((other) => other !== value),
        );
        yield { kind: 'condition value removed', where: `${where} ${value}`, to };
      }
      if (operator.endsWith('Like'))
        yield { kind: 'condition widened', where, to: changedAt(resource, keyPath, [...items, '*']) };
    }
  }
}

function* weakerOperators(operator: string): Generator<string> {
  if (operator.startsWith('ForAllValues:')) yield operator.replace('ForAllValues', 'ForAnyValue');
  else yield `${operator}IfExists`;
}

function* widened(
  resource: ResolvedResource,
  at: Path,
  { Effect, Action, Principal, Resource }: Statement,
): Generator<Change> {
  const where = pathName(at);
  const [service = ''] = (list(Action)[0] ?? '').split(':');
  if (Effect === 'Deny') {
    const to = changedAt(resource, [...at, 'Effect'], 'Allow');
    yield { kind: 'denial turned round', where, to };
    return;
  }
  yield {
    kind: 'statement opened',
    where: `${where}.NotAction`,
    to: changedAt(resource, [...at, 'NotAction'], 'iam:*'),
  };
  yield {
    kind: 'action widened',
    where,
    to: changedAt(resource, [...at, 'Action'], [...list(Action), `${service}:*`]),
  };
  if (Resource !== undefined && !list(Resource).includes('*'))
    yield { kind: 'resource widened', where, to: changedAt(resource, [...at, 'Resource'], '*') };
  for (const [index, item] of list<string>(Resource).entries()) {
    if (item.endsWith('*')) continue;
    const longer = list<string>(Resource).with(index, `${item}*`);
    yield {
      kind: 'resource lengthened',
      where: `${where} ${item}*`,
      to: changedAt(resource, [...at, 'Resource'], longer),
    };
  }
  if (Principal !== undefined && Principal !== '*')
    yield { kind: 'principal widened', where, to: changedAt(resource, [...at, 'Principal'], '*') };
}
