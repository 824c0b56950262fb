// A template with one thing in it deleted or weakened. What is made here comes from the template itself: a resource that is added
// is mutated without anybody listing it.
import type { Resources } from '../rules/rule.ts';
import type { ResolvedResource } from '../support/resolved-template.ts';

/** One change of a resource. */
export interface Change {
  /** What the score is printed by: `statement removed`. */
  readonly kind: string;
  /** What was changed in the resource: `Properties.RedrivePolicy`. */
  readonly where: string;
  /** The resource as it is then; nothing where it is gone. */
  readonly to: ResolvedResource | undefined;
}

export interface Mutant extends Omit<Change, 'to'> {
  /** The logical ID of what was changed. */
  readonly resource: string;
  readonly type: string;
  readonly resources: Resources;
}

export type Mutator = (resource: ResolvedResource) => Iterable<Change>;

/** All of the mutants that the mutators make of each resource. */
export function* mutantsOf(resources: Resources, mutators: readonly Mutator[]): Generator<Mutant> {
  for (const [logicalId, resource] of resources) {
    for (const mutate of mutators) {
      for (const { to, ...change } of mutate(resource)) {
        const changed = new Map(resources);
        if (to === undefined) changed.delete(logicalId);
        else changed.set(logicalId, to);
        yield { ...change, resource: logicalId, type: resource.type, resources: changed };
      }
    }
  }
}

export const nameOf = ({ resource, kind, where }: Mutant): string => `${resource}: ${where}, ${kind}`;
