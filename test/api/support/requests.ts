// Requests made up from the OpenAPI document: in order, nearly so, and not at all.

import fc from 'fast-check';
import { type Documented, type JsonSchema, operations, resolved } from './documented.ts';

export interface MadeUpRequest {
  readonly method: string;
  /** As it is sent: nothing makes it tidy. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly token: 'valid' | 'none' | 'garbage';
}

/** What a schema of a parameter or of a field allows. */
function allowed(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { type, enum: values, pattern, minimum, maximum, properties, required } = resolved(schema);
  if (values) return fc.constantFrom(...values);
  if (type === 'integer') return fc.integer({ min: minimum ?? 0, max: maximum ?? 200_000_000 });
  if (type === 'object') {
    const fields = Object.entries(properties ?? {}).map(([name, one]) => [name, allowed(one)]);
    return fc.record<Record<string, unknown>>(Object.fromEntries(fields), {
      requiredKeys: [...(required ?? [])],
    });
  }
  // fast-check makes nothing up for classes of Unicode.
  return pattern === undefined || pattern.includes('\\p{')
    ? fc.string()
    : fc.stringMatching(new RegExp(pattern, 'u'));
}

const junk = fc.oneof(
  fc.constantFrom('', '0', '-1', '1e9', '101', 'NaN', 'null', '%', '%zz', '%00', '%ff', '..', '\u0000'),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
/** Of characters that Node lets into a request line. */
const rawText = fc.stringMatching(/^[!-~]{0,30}$/);
const headerText = fc.stringMatching(/^[ -~]{0,60}$/);

const encoded = (text: fc.Arbitrary<string>) => text.map((one) => encodeURIComponent(one.toWellFormed()));

function segmentFor(name: string, schema: JsonSchema, imageIds: readonly string[]): fc.Arbitrary<string> {
  const valid = allowed(schema).map(String);
  const known = name === 'imageId' ? fc.constantFrom(...imageIds) : valid;
  return fc.oneof(
    { weight: 5, arbitrary: encoded(known) },
    { weight: 3, arbitrary: encoded(valid) },
    { weight: 2, arbitrary: encoded(junk) },
    { weight: 1, arbitrary: rawText },
  );
}

/** A wait is kept short: what is waited for does not come. */
const parameterValue = (name: string, schema: JsonSchema) =>
  name === 'wait' ? fc.constantFrom('0', '1', '21', '-1') : allowed(schema).map(String);

function queryFor(operation: Documented): fc.Arbitrary<string> {
  const inQuery = (operation.parameters ?? []).filter((one) => one.in === 'query');
  const named = inQuery.map(({ name, schema }) =>
    fc
      .oneof(encoded(parameterValue(name, schema)), encoded(junk), rawText)
      .map((value) => `${name}=${value}`),
  );
  const unknown = fc.tuple(encoded(junk), encoded(junk)).map((pair) => pair.join('='));
  const parts = fc.array(fc.oneof(...named, unknown, rawText), { maxLength: 4 });
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant('') },
    { weight: 3, arbitrary: parts.map((all) => `?${all.join('&')}`) },
  );
}

function bodyFor(operation: Documented): fc.Arbitrary<Buffer | undefined> {
  const content = operation.requestBody?.content['application/json'];
  if (content === undefined) return fc.option(fc.constant(Buffer.from('{}')), { nil: undefined, freq: 5 });
  const example = fc.constantFrom(...Object.values(content.examples).map(({ value }) => value as object));
  const inOrder = fc.oneof(example, allowed(content.schema) as fc.Arbitrary<object>);
  const fields = Object.keys(resolved(content.schema).properties ?? {});
  const spoiled = fc
    .tuple(
      inOrder,
      fc.oneof(fc.constantFrom(...fields, '__proto__', 'constructor'), fc.string()),
      fc.jsonValue(),
    )
    .map(([body, name, value]) => JSON.stringify({ ...body, [name]: value }));
  const nested = fc.integer({ min: 1, max: 4000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth));
  return fc.oneof(
    { weight: 4, arbitrary: inOrder.map((body) => Buffer.from(JSON.stringify(body))) },
    { weight: 5, arbitrary: spoiled.map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: fc.json().map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: nested.map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 9_000, max: 12_000 }).map((length) => Buffer.alloc(length, 'x')),
    },
  );
}

function headersFor(operation: Documented): fc.Arbitrary<Record<string, string>> {
  const inHeader = (operation.parameters ?? []).filter((one) => one.in === 'header');
  const types = fc.oneof(
    { weight: 5, arbitrary: fc.constant('application/json') },
    { weight: 1, arbitrary: headerText },
  );
  const usual: Readonly<Record<string, fc.Arbitrary<string>>> = {
    accept: fc.constantFrom('*/*', 'image/webp', 'image/jpeg;q=0.5, */*;q=0.1', ';q='),
    'if-none-match': fc.constantFrom('*', 'W/"1"'),
  };
  const known = inHeader.map(({ name }) => [name, fc.oneof(usual[name] ?? headerText, headerText)]);
  return fc.record<Record<string, string>>(
    {
      'content-type': types,
      cookie: headerText,
      origin: fc.constantFrom('null', 'http://a.example'),
      ...Object.fromEntries(known),
    },
    { requiredKeys: [] },
  );
}

const tokens = fc.oneof(
  { weight: 12, arbitrary: fc.constant('valid' as const) },
  { weight: 1, arbitrary: fc.constantFrom('none' as const, 'garbage' as const) },
);

function requestFor(operation: Documented, imageIds: readonly string[]): fc.Arbitrary<MadeUpRequest> {
  const schemaOf = (name: string) =>
    operation.parameters?.find((one) => one.in === 'path' && one.name === name)?.schema ?? {};
  const segments = operation.path.split('/').map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return name === undefined ? fc.constant(part) : segmentFor(name, schemaOf(name), imageIds);
  });
  return fc
    .tuple(fc.tuple(...segments), queryFor(operation), headersFor(operation), bodyFor(operation), tokens)
    .map(([parts, query, headers, body, token]) => ({
      ...{ method: operation.method, path: parts.join('/') + query, headers, token },
      ...(body !== undefined && { body }),
    }));
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'];

/** Any method of any path. */
const anyRequest: fc.Arbitrary<MadeUpRequest> = fc
  .tuple(
    fc.constantFrom(...methods),
    fc.oneof(
      fc.constantFrom(...operations.map(({ path }) => path)),
      rawText.map((text) => `/${text}`),
    ),
    tokens,
  )
  .map(([method, path, token]) => ({ method, path, headers: {}, token }));

/** @param imageIds of images that there are, or were */
export function requestsOf(imageIds: readonly string[]): fc.Arbitrary<MadeUpRequest> {
  return fc.oneof(
    { weight: 2, arbitrary: anyRequest },
    ...operations.map((one) => ({
      weight: one.requestBody || one.parameters ? 3 : 1,
      arbitrary: requestFor(one, imageIds),
    })),
  );
}
