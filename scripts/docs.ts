// npm run docs: makes the tables in the documentation anew. With --check it only tells which have drifted.

import { readFile, writeFile } from 'node:fs/promises';
import { documents } from './docs/documents.ts';
import { regenerate } from './docs/markdown.ts';
import { generators } from './docs/tables.ts';

const isCheck = process.argv.includes('--check');
for (const path of documents) {
  const before = await readFile(path, 'utf8');
  const after = await regenerate(before, generators);
  if (before === after) continue;
  if (isCheck) {
    process.stderr.write(`${path} has drifted from the code: run npm run docs.\n`);
    process.exitCode = 1;
  } else {
    await writeFile(path, after);
    process.stdout.write(`${path} is up to date again.\n`);
  }
}
