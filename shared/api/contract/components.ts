// The schemas that have a name in the OpenAPI document, so that clients have types of that name.

import * as z from 'zod/mini';

export const components = z.registry<{ readonly id: string; readonly description: string }>();

/** The schema, as a component of the document. */
export function component<Schema extends z.ZodMiniType>(
  id: string,
  description: string,
  schema: Schema,
): Schema {
  components.add(schema, { id, description });
  return schema;
}
