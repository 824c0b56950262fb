// The uploaders of the client library's own README, which a test runs as they are, for the README of the project.

import { readFile } from 'node:fs/promises';

const source = 'client/README.md';

/** How each is introduced, by the section that it is in. */
const introductions = {
  'The uploader, ready made': 'In any page, as a component:',
  'In a browser': 'In a browser, by hand:',
  'In Node': 'In Node:',
} as const;

/** @throws {Error} when that README has none in a section */
export async function uploaders(): Promise<string> {
  const text = await readFile(source, 'utf8');
  const blocks = Object.entries(introductions).map(
    ([section, introduction]) => `${introduction}\n\n${blockIn(text, section)}`,
  );
  return blocks.join('\n\n');
}

function blockIn(text: string, heading: string): string {
  const [, section = ''] = text.split(`## ${heading}\n`);
  const [block] = /```\w+\n[\s\S]*?```/.exec(section) ?? [];
  if (block === undefined) throw new Error(`${source} has no example under ${heading}.`);
  return block;
}
