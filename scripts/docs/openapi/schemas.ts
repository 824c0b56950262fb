// The schemas of the contract as JSON Schema of the dialect that OpenAPI 3.1 has.

import * as z from 'zod/mini';
import { components } from '../../../shared/api/contract/components.ts';

export type Json = Readonly<Record<string, unknown>>;

const at = (id: string) => `#/components/schemas/${id}`;

type Conversion = Omit<NonNullable<Parameters<typeof z.toJSONSchema>[1]>, 'metadata'>;

const conversion: Conversion = {
  io: 'output',
  override({ zodSchema, jsonSchema }) {
    const { id: _id, ...said } = components.get(zodSchema as unknown as z.ZodMiniType) ?? {};
    if (jsonSchema.$ref === undefined) Object.assign(jsonSchema, said);
    // The format says it; no other validator needs the pattern.
    if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    // What a number can be anyway.
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (typeof jsonSchema.propertyNames === 'object') delete jsonSchema.propertyNames;
  },
};

/** Every schema that has a name, by name. */
export function componentSchemas(): Readonly<Record<string, Json>> {
  const { schemas } = z.toJSONSchema(components, { ...conversion, uri: at });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema)]));
}

/** A reference to a schema that has a name; any other as it is. */
export function schemaOf(schema: z.ZodMiniType): Json {
  const named = components.get(schema);
  return named ? { $ref: at(named.id) } : bare(z.toJSONSchema(schema, conversion));
}

function bare({ $schema: _schema, $id: _id, ...rest }: Json): Json {
  return rest;
}
