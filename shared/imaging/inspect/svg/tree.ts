// An SVG as a small tree of elements and text: strictly parsed, bounded in depth and number, without entities.

import sax from 'sax';
import { PermanentFailure } from '../../../domain/errors.ts';

export interface SvgElement {
  /** As written, with any prefix. */
  readonly name: string;
  /** Without prefix. */
  readonly local: string;
  readonly attributes: Record<string, string>;
  readonly children: (SvgElement | string)[];
}

export interface SvgTreeLimits {
  readonly maxElements: number;
  readonly maxDepth: number;
}

/** @throws {PermanentFailure} when it is not well-formed, declares entities, or is too deep or too large */
export function parseSvg(text: string, limits: SvgTreeLimits): SvgElement {
  const parser = sax.parser(true, { position: false });
  const open: SvgElement[] = [];
  let root: SvgElement | undefined;
  let count = 0;
  parser.onerror = (error) => {
    throw new PermanentFailure('corrupt-image', `not well-formed: ${error.message.split('\n')[0]}`);
  };
  parser.ondoctype = (doctype) => {
    // Internal subsets declare entities: expansion without bound, and files of the server.
    if (doctype.includes('[')) {
      throw new PermanentFailure('unsupported-format', 'an SVG that declares entities is not accepted');
    }
  };
  parser.onopentag = ({ name, attributes }) => {
    count += 1;
    if (count > limits.maxElements || open.length >= limits.maxDepth) {
      throw new PermanentFailure('too-expensive', 'an SVG of too many or too deeply nested elements');
    }
    const element: SvgElement = {
      name,
      local: localName(name),
      attributes: attributes as Record<string, string>,
      children: [],
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  };
  parser.onclosetag = () => {
    open.pop();
  };
  parser.ontext = (content) => {
    open.at(-1)?.children.push(content);
  };
  parser.oncdata = (content) => {
    open.at(-1)?.children.push(content);
  };
  parser.write(text).close();
  if (root?.local !== 'svg') throw new PermanentFailure('unsupported-format', 'XML, but not SVG');
  return root;
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
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
