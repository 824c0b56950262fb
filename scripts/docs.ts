// npm run docs: makes the tables in the documentation, and the OpenAPI document, anew. With --check it only tells which have drifted.

import { readFile, writeFile } from 'node:fs/promises';
import { documents, wholeDocuments } from './docs/documents.ts';
import { regenerate } from './docs/markdown.ts';
import { generators } from './docs/tables.ts';
import { flag } from './terminal/options.ts';
import { print } from './terminal/print.ts';
import { runTool } from './terminal/run-tool.ts';

const tool = {
  name: 'docs',
  about: 'Makes the tables in the documentation anew from the code.',
  options: { check: flag('change nothing, and fail when a document has drifted from the code') },
};

await runTool(tool, async ({ check: isCheck }) => {
  let drifted = 0;
  const made = [
    ...documents.map((path) => [path, (before: string) => regenerate(before, generators)] as const),
    ...Object.entries(wholeDocuments),
  ];
  for (const [path, make] of made) {
    const before = await readFile(path, 'utf8');
    const after = await make(before);
    if (before === after) continue;
    drifted += 1;
    if (isCheck) process.stderr.write(`${path} has drifted from the code: run npm run docs.\n`);
    else {
      await writeFile(path, after);
      print(`${path} is up to date again.`);
    }
  }
  return isCheck && drifted > 0 ? 1 : 0;
});
