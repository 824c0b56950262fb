// Places in the properties of a resource, and copies of it that are changed at one of them.
import type { ResolvedResource } from '../support/resolved-template.ts';

type Key = string | number;
export type Path = readonly Key[];

/** `Properties.Policies[0].PolicyName` */
export const pathName = (path: Path): string =>
  path.reduce<string>((name, key) => name + (typeof key === 'number' ? `[${key}]` : `.${key}`), 'Properties');

/** Every place below the value with what is there, outermost first. */
export function* placesIn(
  value: unknown,
  isClosed: (value: unknown) => boolean = () => false,
  path: Path = [],
): Generator<readonly [Path, unknown]> {
  if (value === null || typeof value !== 'object' || isClosed(value)) return;
  const keys: Key[] = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  for (const key of keys) {
    const inner = (value as Record<Key, unknown>)[key];
    yield [[...path, key], inner];
    yield* placesIn(inner, isClosed, [...path, key]);
  }
}

/** A copy of the resource in which something else is at the place, or nothing. */
export function changedAt(resource: ResolvedResource, path: Path, value?: unknown): ResolvedResource {
  const properties = structuredClone(resource.properties);
  const last = path.at(-1) as Key;
  const holder = path.slice(0, -1).reduce((inner, key) => inner[key], properties);
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return { ...resource, properties };
}
