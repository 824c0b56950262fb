// npm run inspect -- FILE…: everything the pipeline would make of a file, without the pipeline.

import { mkdir } from 'node:fs/promises';
import { createImagingEngine } from '../shared/imaging/engine.ts';
import { writeContactSheet } from './inspect/contact-sheet.ts';
import { type Examination, examine } from './inspect/examine.ts';
import { filesOf } from './inspect/files.ts';
import { tableOf } from './inspect/table.ts';
import { flag, optional, text } from './terminal/options.ts';
import { print } from './terminal/print.ts';
import { runTool } from './terminal/run-tool.ts';

const tool = {
  name: 'inspect',
  about: `Prints what is known of each image: metadata, placeholder, perceptual hash, renditions, or why it is refused.
A folder stands for every file in it.`,
  operands: [{ name: 'FILE', isRepeated: true }],
  options: {
    json: flag('one JSON object a file instead of tables'),
    out: optional(text, 'FOLDER', 'also write the renditions, and a contact sheet of them (.html and .png)'),
  },
};

await runTool(tool, async ({ json, out }, paths) => {
  const files = await filesOf(paths);
  if (out !== undefined) await mkdir(out, { recursive: true });
  const engine = createImagingEngine();
  const examinations: Examination[] = [];
  try {
    for (const path of files) {
      const examination = await examine(engine, path, out);
      print(json ? JSON.stringify(examination.facts) : tableOf(examination.facts));
      examinations.push(examination);
    }
  } finally {
    await engine.close();
  }
  if (out !== undefined)
    process.stderr.write(`Contact sheet: ${await writeContactSheet(examinations, out)}\n`);
  return 0;
});
