// The uploaders of the client library's own README, which a test runs as they are, for the README of the project.

import { readFile } from 'node:fs/promises';

const source = 'client/README.md';

/** @throws {Error} when that README has none in a language */
export async function uploaders(): Promise<string> {
  const text = await readFile(source, 'utf8');
  const [page, program] = ['html', 'js'].map((language) => blockIn(text, language));
  return `In a browser:\n\n${page}\n\nIn Node:\n\n${program}`;
}

function blockIn(text: string, language: string): string {
  const [block] = new RegExp(`\`\`\`${language}\\n[\\s\\S]*?\`\`\``).exec(text) ?? [];
  if (block === undefined) throw new Error(`${source} has no example in ${language}.`);
  return block;
}
