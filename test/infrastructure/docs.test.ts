// The documentation says what the code does: its tables, its commands, its links and its paths.

import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documents, wholeDocuments } from '../../scripts/docs/documents.ts';
import { regenerate } from '../../scripts/docs/markdown.ts';
import { generators } from '../../scripts/docs/tables.ts';

const markdown = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('docs/**/*.md')];
const readme = readFileSync('README.md', 'utf8');
const map = readFileSync('CONTRIBUTING.md', 'utf8');

test.each(documents)('%s has the tables that the code makes', async (path) => {
  const text = readFileSync(path, 'utf8');

  expect(await regenerate(text, generators)).toBe(text);
});

test.each(Object.entries(wholeDocuments))('%s is what the code makes', async (path, make) => {
  expect(await make()).toBe(readFileSync(path, 'utf8'));
});

test('every generator has its place in a document', () => {
  const texts = documents.map((path) => readFileSync(path, 'utf8')).join('');

  for (const name of Object.keys(generators)) expect(texts).toContain(`<!-- generated: ${name},`);
});

describe.each(markdown)('%s', (path) => {
  test('links only to what is there', () => {
    const links = [...readFileSync(path, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g)];

    const dead = links.flatMap(([, link = '']) => (existsSync(join(dirname(path), link)) ? [] : [link]));
    expect(dead).toEqual([]);
  });
});

test('the README names the two commands, each on a line that can be pasted', () => {
  expect(readme.match(/^npm ci && npm start$/gm)).toHaveLength(1);
  expect(readme.match(/^npm test$/gm)).toHaveLength(1);
});

test('every path in the map of the folders is there', () => {
  const paths = [...map.matchAll(/^\| `([^`]+)` \| [a-z]/gm)].flatMap(([, path = '']) =>
    /[/.]/.test(path) ? [path] : [],
  );

  expect(paths.length).toBeGreaterThan(15);
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});

test('the map of the folders leaves out none of shared/', () => {
  const folders = readdirSync('shared', { withFileTypes: true }).filter((entry) => entry.isDirectory());

  const missing = folders.filter(({ name }) => !map.includes(`| \`shared/${name}/\` |`));
  expect(missing.map(({ name }) => name)).toEqual([]);
});

test('every npm script that a document names is one', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = markdown.flatMap((path) => [
    ...readFileSync(path, 'utf8').matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g),
  ]);

  const unknown = named.flatMap(([, name = '']) => (name in scripts ? [] : [name]));
  expect(unknown).toEqual([]);
});
