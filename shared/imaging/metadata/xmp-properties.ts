// The properties of an XMP packet (RDF/XML): read as one flat list, as far as the packet is sound, nested a few levels deep.

import { localName, parseXml, XmlLimitExceeded } from '../inspect/xml.ts';

/** RDF nests two levels a structure; what editors write stays below thirty. */
const xmlLimits = { maxDepth: 64, maxElements: 20_000, maxAttributes: 20_000 };
/** Sloppy packets have a few. */
const maxErrors = 20;
/** Values of all properties. */
const maxValues = 2000;
/** Of one value; more than is ever kept. */
const maxTextLength = 65_536;

const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

/** Property -> its values: one, or as many as its list has. */
export type Properties = ReadonlyMap<string, readonly string[]>;

interface OpenElement {
  readonly name: string | undefined;
  readonly isRdf: boolean;
  /** Namespaces by prefix that this element binds. */
  readonly bindings: ReadonlyMap<string, string>;
  text: string;
}

/**
 * @param namespaces of the properties that are wanted -> what they are called here; files may use any prefix
 * @param notes receives what was malformed
 */
export function xmpProperties(
  text: string,
  namespaces: ReadonlyMap<string, string>,
  notes: string[],
): Properties {
  const properties = new Map<string, string[]>();
  const path: OpenElement[] = [];
  let [values, errors] = [0, 0];
  const add = (name: string | undefined, value: string) => {
    if (name === undefined || values >= maxValues) return;
    values += 1;
    const known = properties.get(name);
    if (known === undefined) properties.set(name, [value]);
    else known.push(value);
  };
  const called = (name: string, uri: string | undefined) => {
    const prefix = uri === undefined ? undefined : namespaces.get(uri);
    return prefix === undefined ? undefined : `${prefix}:${localName(name)}`;
  };
  const handlers = {
    open(name: string, attributes: Record<string, string>) {
      const bindings = bindingsIn(attributes);
      const uriOf = (prefix: string) =>
        bindings.get(prefix) ?? path.findLast((open) => open.bindings.has(prefix))?.bindings.get(prefix);
      const uri = uriOf(prefixOf(name));
      path.push({ name: called(name, uri), isRdf: uri === rdf, bindings, text: '' });
      if (uri !== rdf) return;
      for (const [attribute, value] of Object.entries(attributes)) {
        const prefix = prefixOf(attribute);
        if (prefix !== '' && prefix !== 'xmlns') add(called(attribute, uriOf(prefix)), value);
      }
    },
    text(content: string) {
      const open = path.at(-1);
      if (open !== undefined && open.text.length < maxTextLength)
        open.text += content.slice(0, maxTextLength);
    },
    close() {
      const closed = path.pop();
      const owner = closed?.isRdf ? path.findLast((element) => !element.isRdf) : closed;
      const value = closed?.text.trim() ?? '';
      if (value !== '') add(owner?.name, value);
    },
    malformed() {
      errors += 1;
      if (errors > maxErrors) throw new XmlLimitExceeded('too many errors');
    },
  };
  try {
    // Packets are padded, and some end in a zero byte.
    parseXml(text.replaceAll('\0', '').trim(), xmlLimits, handlers);
  } catch (error) {
    if (!(error instanceof XmlLimitExceeded)) throw error;
    notes.push(`XMP is read only so far: ${error.message}`);
  }
  if (errors > 0) notes.push('XMP is not well-formed');
  return properties;
}

function bindingsIn(attributes: Record<string, string>): Map<string, string> {
  const bindings = new Map<string, string>();
  for (const [name, uri] of Object.entries(attributes)) {
    if (name === 'xmlns') bindings.set('', uri);
    else if (name.startsWith('xmlns:')) bindings.set(name.slice('xmlns:'.length), uri);
  }
  return bindings;
}

function prefixOf(name: string): string {
  return name.slice(0, Math.max(0, name.indexOf(':')));
}
