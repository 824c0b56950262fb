// Finds what the resources of a template refer to, and the order that follows from it.
import { LaptopCloudError } from '../laptop-cloud-error.ts';
import { placeholdersOf } from './sub.ts';
import type { TemplateResource, TemplateValue } from './types.ts';

/** Every name a value refers to: logical ids, parameters and pseudo parameters. */
export function namesIn(value: TemplateValue): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, argument]) => {
    const first = Array.isArray(argument) ? argument[0] : argument;
    if (key === 'Ref' && typeof argument === 'string') return [argument];
    if (key === 'Fn::GetAtt' && typeof first === 'string') return [first.split('.')[0] ?? ''];
    if (key === 'Fn::Sub' && typeof first === 'string') {
      const names = placeholdersOf(first).map((name) => name.split('.')[0] ?? '');
      return Array.isArray(argument) ? [...names, ...namesIn(argument[1])] : names;
    }
    return namesIn(argument);
  });
}

/** The logical ids that a resource waits for: what its properties name and what it depends on. */
export function dependenciesOf(resource: TemplateResource): string[] {
  return [...new Set([...namesIn(resource.Properties), ...[resource.DependsOn ?? []].flat()])];
}

/**
 * The logical ids in an order where each comes after what it waits for.
 *
 * @throws {LaptopCloudError} naming the circle, when there is one.
 */
export function inOrder(resources: Record<string, TemplateResource>): string[] {
  const ordered = new Set<string>();
  const visit = (logicalId: string, trail: string[]) => {
    const resource = resources[logicalId];
    if (!resource || ordered.has(logicalId)) return;
    if (trail.includes(logicalId)) {
      throw new LaptopCloudError(
        `The template goes round in a circle: ${[...trail, logicalId].join(' -> ')}`,
      );
    }
    for (const dependency of dependenciesOf(resource)) visit(dependency, [...trail, logicalId]);
    ordered.add(logicalId);
  };
  for (const logicalId of Object.keys(resources)) visit(logicalId, []);
  return [...ordered];
}
