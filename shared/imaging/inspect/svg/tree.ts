// An SVG as a small tree of elements and text: strictly parsed, bounded in depth and number, without entities.

import { PermanentFailure } from '../../../domain/errors.ts';
import { localName, parseXml, XmlLimitExceeded, type XmlLimits } from '../xml.ts';

export interface SvgElement {
  /** As written, with any prefix. */
  readonly name: string;
  /** Without prefix. */
  readonly local: string;
  readonly attributes: Record<string, string>;
  readonly children: (SvgElement | string)[];
}

/** librsvg itself goes a thousand levels deep and a million elements far. */
const xmlLimits: XmlLimits = { maxDepth: 200, maxElements: 100_000, maxAttributes: 400_000 };

/** @throws {PermanentFailure} when it is not well-formed, declares entities, or is too deep or too large */
export function parseSvg(text: string): SvgElement {
  const open: SvgElement[] = [];
  let root: SvgElement | undefined;
  const handlers = {
    open(name: string, attributes: Record<string, string>) {
      const element: SvgElement = { name, local: localName(name), attributes, children: [] };
      open.at(-1)?.children.push(element);
      root ??= element;
      open.push(element);
    },
    close() {
      open.pop();
    },
    text(content: string) {
      open.at(-1)?.children.push(content);
    },
    doctype(content: string) {
      // Internal subsets declare entities: expansion without bound, and files of the server.
      if (content.includes('[')) {
        throw new PermanentFailure('unsupported-format', 'an SVG that declares entities is not accepted');
      }
    },
    malformed(message: string) {
      throw new PermanentFailure('corrupt-image', `not well-formed: ${message}`);
    },
  };
  try {
    parseXml(text, xmlLimits, handlers);
  } catch (error) {
    if (!(error instanceof XmlLimitExceeded)) throw error;
    throw new PermanentFailure('too-expensive', `an SVG that is beyond its limits: ${error.message}`);
  }
  if (root?.local !== 'svg') throw new PermanentFailure('unsupported-format', 'XML, but not SVG');
  return root;
}

export function serialize(element: SvgElement): string {
  const attributes = Object.entries(element.attributes).map(
    ([name, value]) => ` ${name}="${escaped(value)}"`,
  );
  const children = element.children.map((child) =>
    typeof child === 'string' ? escaped(child) : serialize(child),
  );
  return `<${element.name}${attributes.join('')}>${children.join('')}</${element.name}>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
