// XML of strangers, SVG and XMP alike: parsed with every count bounded, and nothing in it declared, included or expanded.

import { SaxesParser } from 'saxes';

export interface XmlLimits {
  readonly maxDepth: number;
  readonly maxElements: number;
  /** Of all elements together. */
  readonly maxAttributes: number;
}

export interface XmlHandlers {
  /** @param name as written, with any prefix */
  readonly open: (name: string, attributes: Record<string, string>) => void;
  readonly close: () => void;
  readonly text: (content: string) => void;
  readonly doctype?: (content: string) => void;
  /** Called where it is not well-formed; parsing goes on unless this throws. */
  readonly malformed: (message: string) => void;
}

/** The text holds more than is read; what was read before it has been handed over. */
export class XmlLimitExceeded extends Error {
  override readonly name = 'XmlLimitExceeded';
}

/**
 * Without namespaces: whoever needs them resolves the few prefixes that matter.
 * @throws {XmlLimitExceeded} at the first limit
 */
export function parseXml(text: string, limits: XmlLimits, on: XmlHandlers): void {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let [depth, elements, attributes] = [0, 0, 0];
  parser.on('error', (error) => on.malformed(error.message));
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > limits.maxAttributes) throw new XmlLimitExceeded('too many attributes');
  });
  parser.on('opentag', ({ name, attributes: read }) => {
    depth += 1;
    elements += 1;
    if (depth > limits.maxDepth) throw new XmlLimitExceeded('nested too deeply');
    if (elements > limits.maxElements) throw new XmlLimitExceeded('too many elements');
    on.open(name, read);
  });
  parser.on('closetag', () => {
    depth -= 1;
    on.close();
  });
  parser.on('text', on.text);
  parser.on('cdata', on.text);
  parser.on('doctype', (content) => on.doctype?.(content));
  parser.write(text).close();
}

/** Of a name as written. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
