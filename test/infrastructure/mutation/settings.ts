// Every resource deleted; every setting of it deleted, turned round, or set to what means little.
import type { Mutator } from './mutant.ts';
import { changedAt, pathName, placesIn } from './paths.ts';
import { isPolicyDocument } from './statements.ts';

export const removal: Mutator = function* (resource) {
  yield { kind: 'resource removed', where: 'all of it', to: undefined };
  for (const one of resource.dependsOn) {
    const dependsOn = resource.dependsOn.filter((other) => other !== one);
    yield { kind: 'DependsOn removed', where: `DependsOn ${one}`, to: { ...resource, dependsOn } };
  }
  if (resource.deletionPolicy !== 'Delete')
    yield {
      kind: 'DeletionPolicy removed',
      where: 'DeletionPolicy',
      to: { ...resource, deletionPolicy: 'Delete' },
    };
  if (resource.updateReplacePolicy !== 'Delete')
    yield {
      kind: 'UpdateReplacePolicy removed',
      where: 'UpdateReplacePolicy',
      to: { ...resource, updateReplacePolicy: 'Delete' },
    };
  if (resource.deletionPolicy === 'Delete')
    yield {
      kind: 'DeletionPolicy added',
      where: 'DeletionPolicy',
      to: { ...resource, deletionPolicy: 'Retain' },
    };
  if (resource.updatePolicy === undefined) return;
  yield {
    kind: 'UpdatePolicy removed',
    where: 'UpdatePolicy',
    to: { ...resource, updatePolicy: undefined },
  };
  for (const [name, settings] of Object.entries<object>(resource.updatePolicy))
    for (const key of Object.keys(settings))
      yield {
        kind: 'UpdatePolicy removed',
        where: `UpdatePolicy.${name}.${key}`,
        to: { ...resource, updatePolicy: { [name]: { ...settings, [key]: undefined } } },
      };
};

/** Policies are mutated statement by statement. */
export const settingMutants: Mutator = function* (resource) {
  for (const [path, value] of placesIn(resource.properties, isPolicyDocument)) {
    // What is empty says as little as what is not there.
    if (value === undefined || value === '') continue;
    const where = pathName(path);
    yield { kind: 'setting removed', where, to: changedAt(resource, path) };
    for (const weak of weakened(path.at(-1), value))
      yield {
        kind: `${kindOf(value)} weakened`,
        where: `${where} = ${JSON.stringify(weak)}`,
        to: changedAt(resource, path, weak),
      };
  }
};

/** A setting more, which another may be undone by: at the top, and in whatever is inside. */
export const additionMutants: Mutator = function* (resource) {
  const places = [[[], resource.properties] as const, ...placesIn(resource.properties, isPolicyDocument)];
  for (const [path, value] of places) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || isPolicyDocument(value))
      continue;
    const where = pathName([...path, 'Unheard']);
    yield { kind: 'setting added', where, to: changedAt(resource, [...path, 'Unheard'], 'of') };
  }
};

/** What a word is weakened to, by the words that AWS has for a setting. */
const weaker: Readonly<Record<string, string>> = {
  GreaterThanThreshold: 'LessThanThreshold',
  GreaterThanOrEqualToThreshold: 'LessThanThreshold',
  LessThanThreshold: 'GreaterThanThreshold',
  LessThanOrEqualToThreshold: 'GreaterThanThreshold',
  notBreaching: 'ignore',
  breaching: 'notBreaching',
  byQueue: 'allowAll',
  denyAll: 'allowAll',
  BucketOwnerEnforced: 'ObjectWriter',
  Enabled: 'Disabled',
  ENABLED: 'DISABLED',
  ACTIVE: 'INACTIVE',
  Active: 'PassThrough',
  JWT: 'NONE',
  'https-only': 'allow-all',
  'redirect-to-https': 'allow-all',
  BLUE_GREEN: 'IN_PLACE',
  WITH_TRAFFIC_CONTROL: 'WITHOUT_TRAFFIC_CONTROL',
  'CodeDeployDefault.LambdaLinear10PercentEvery1Minute': 'CodeDeployDefault.LambdaAllAtOnce',
  always: 'never',
  sigv4: 'none',
};

function* weakened(key: string | number | undefined, value: unknown): Generator<unknown> {
  if (typeof value === 'boolean') yield !value;
  if (typeof value === 'number') yield* [0, value * 1000 + 1000].filter((weak) => weak !== value);
  if (typeof value === 'string' && weaker[value] !== undefined) yield weaker[value];
  if (typeof value === 'string' && /^arn:|Arn$/.test(`${value}${key}`)) yield 'arn:aws:other:::somewhere';
  if (/Origins$/.test(String(key)) && Array.isArray(value)) yield ['*'];
}

function kindOf(value: unknown): string {
  if (typeof value === 'boolean') return 'switch';
  if (typeof value === 'number') return 'number';
  return typeof value === 'string' ? 'word' : 'list';
}
