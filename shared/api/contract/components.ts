// The schemas that have a name in the OpenAPI document, so that clients have types of that name.

import * as z from 'zod/mini';

/** What JSON Schema can say beyond what a schema says of its fields one by one. */
interface Dependency {
  readonly if: object;
  readonly then: object;
}

export const components = z.registry<
  { readonly id: string; readonly description: string } & Partial<Dependency>
>();

/** The schema, as a component of the document. */
export function component<Schema extends z.ZodMiniType>(
  id: string,
  description: string,
  schema: Schema,
  dependency?: Dependency,
): Schema {
  components.add(schema, { id, description, ...dependency });
  return schema;
}
