// The readable reference of the API, made from the OpenAPI document.

import { markdownTable } from '../../page/markdown-table.ts';
import { openApiDocument } from './document.ts';

interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface Content {
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Answer {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly description: string }>>;
  readonly content?: Readonly<Record<string, Content>>;
}

interface Operation {
  readonly summary: string;
  readonly description: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly description?: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, Answer>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly webhooks: { readonly imageEvent: { readonly post: Operation } };
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const read = () => openApiDocument() as unknown as Document;

/** A section for each operation. */
export function operationsReference(): string {
  const sections = Object.entries(read().paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => operationSection(`${method.toUpperCase()} ${path}`, one)),
  );
  return sections.join('\n\n');
}

/** A section for each schema that has a name. */
export function schemasReference(): string {
  return Object.entries(read().components.schemas)
    .map(([name, schema]) =>
      [`### ${name}`, schema.description ?? '', fieldsTable(schema)].filter(Boolean).join('\n\n'),
    )
    .join('\n\n');
}

/** An image event as it arrives. */
export function imageEventExample(): string {
  return exampleIn(read().webhooks.imageEvent.post.requestBody?.content) ?? '';
}

function operationSection(title: string, operation: Operation): string {
  const { summary, description, security, parameters, requestBody, responses } = operation;
  const successes = Object.entries(responses).filter(([status]) => status < '400');
  const examples = successes.flatMap(([status, { content }]) => {
    const example = exampleIn(content);
    return example === undefined || title.endsWith('/openapi.json') ? [] : [`Answer ${status}:`, example];
  });
  const request = exampleIn(requestBody?.content);
  return [
    `### ${title}`,
    `${summary}. ${description}${security ? ' Needs no token.' : ''}`,
    ...(parameters ? [parametersTable(parameters)] : []),
    ...(request ? [`Request, a ${linkTo('UploadRequest')}:`, request] : []),
    answersTable(responses),
    ...examples,
  ].join('\n\n');
}

function parametersTable(parameters: NonNullable<Operation['parameters']>): string {
  return markdownTable([
    ['parameter', 'in', 'is', 'meaning'],
    ...parameters.map(({ name, in: place, description = '', schema }) => [
      `\`${name}\``,
      place,
      typeOf(schema),
      description,
    ]),
  ]);
}

function answersTable(responses: Operation['responses']): string {
  return markdownTable([
    ['answer', 'body', 'when'],
    ...Object.entries(responses).map(([status, { description, content = {} }]) => {
      const [body] = Object.values(content);
      const codes = Object.keys(body?.examples ?? {}).map((code) => `\`${code}\``);
      return [status, body ? typeOf(body.schema) : '', status < '400' ? description : codes.join(', ')];
    }),
  ]);
}

function fieldsTable({ properties, required = [], enum: values }: Schema): string {
  if (properties === undefined) return (values ?? []).map((value) => `\`${value}\``).join(', ');
  return markdownTable([
    ['field', 'is', 'meaning'],
    ...Object.entries(properties).map(([name, schema]) => [
      `\`${name}\`${required.includes(name) ? '' : ' (optional)'}`,
      typeOf(schema),
      meaningOf(schema),
    ]),
  ]);
}

function meaningOf(schema: Schema): string {
  return schema.description ?? schema.anyOf?.map(({ description = '' }) => description).join('') ?? '';
}

function typeOf(schema: Schema): string {
  const { $ref, anyOf, oneOf, items, enum: values, const: only, format, type = 'any JSON' } = schema;
  if ($ref) return linkTo($ref.split('/').at(-1) ?? '');
  if (anyOf ?? oneOf) return (anyOf ?? oneOf ?? []).map(typeOf).join(' or ');
  if (items) return `array of ${typeOf(items)}`;
  if (only !== undefined) return `\`${only}\``;
  if (values) return values.map((value) => `\`${value}\``).join(', ');
  return [format ?? type, limitsOf(schema)].filter(Boolean).join(' ');
}

function limitsOf({ minimum, maximum, minLength, maxLength }: Schema): string {
  const [from, to] = [minimum ?? minLength, maximum ?? maxLength];
  if (from !== undefined && to !== undefined) return `${from} to ${to}`;
  return from !== undefined && from !== 0 ? `from ${from}` : '';
}

function linkTo(name: string): string {
  return `[${name}](#${name.toLowerCase()})`;
}

function exampleIn(content: Readonly<Record<string, Content>> = {}): string | undefined {
  const [body] = Object.values(content);
  const [example] = Object.values(body?.examples ?? {});
  return example && `\`\`\`json\n${JSON.stringify(example.value, null, 2)}\n\`\`\``;
}
