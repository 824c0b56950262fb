// XML in and out: S3's answers are written here, and request bodies become checked plain objects.
// Order and repetition of elements matter to S3 clients, so the writer takes [name, content] pairs.
import { XMLParser } from 'fast-xml-parser';
import type { z } from 'zod';
import { S3Error } from './errors.ts';

export type XmlContent = string | number | boolean | readonly XmlElement[];

export type XmlElement = readonly [name: string, content: XmlContent | undefined];

const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Writes a whole document; elements whose content is undefined are left out. */
export function writeXml(root: string, content: XmlContent, namespace = true): string {
  const open = namespace ? `<${root} xmlns="${s3Namespace}">` : `<${root}>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${open}${writeContent(content)}</${root}>`;
}

/**
 * Parses a request body and checks it against a schema whose lists are named in `lists`.
 * @throws {S3Error} MalformedXML when the text is not XML, has another root or does not fit the schema.
 */
export function readXml<Schema extends z.ZodType>(
  body: Buffer,
  root: string,
  lists: readonly string[],
  schema: Schema,
): z.output<Schema> {
  const parser = new XMLParser({
    ignoreAttributes: true,
    ignoreDeclaration: true,
    parseTagValue: false,
    trimValues: false,
    htmlEntities: true,
    isArray: (name) => lists.includes(name),
  });
  let document: unknown;
  try {
    document = parser.parse(body, true);
  } catch {
    throw new S3Error('MalformedXML');
  }
  const content = typeof document === 'object' && document !== null ? Reflect.get(document, root) : undefined;
  if (content === undefined) throw new S3Error('MalformedXML');
  const result = schema.safeParse(typeof content === 'string' ? {} : dropLayout(content));
  if (!result.success) throw new S3Error('MalformedXML');
  return result.data;
}

// S3 writes control characters as numeric references, which is how a carriage return in a key survives.
function escapeText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: object keys may hold control characters
  return text.replace(/[&<>"\u0000-\u001f\u007f]/g, (character) => {
    return escapes[character] ?? `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;
  });
}

function writeContent(content: XmlContent): string {
  return typeof content === 'object' ? content.map(writeElement).join('') : escapeText(String(content));
}

function writeElement([name, content]: XmlElement): string {
  return content === undefined ? '' : `<${name}>${writeContent(content)}</${name}>`;
}

function dropLayout(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(dropLayout);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).filter(([name]) => name !== '#text');
  return Object.fromEntries(entries.map(([name, value]) => [name, dropLayout(value)]));
}
