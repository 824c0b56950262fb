// npm run inspect -- FILE…: everything the pipeline would make of a file, without the pipeline.

import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createImagingEngine } from '../shared/imaging/engine.ts';
import { writeContactSheet } from './inspect/contact-sheet.ts';
import { type Examination, examine } from './inspect/examine.ts';
import { filesOf } from './inspect/files.ts';
import { tableOf } from './inspect/table.ts';

const usage = `Usage: npm run inspect -- FILE… [--json] [--out FOLDER]

Prints what is known of each image: metadata, placeholder, perceptual hash, renditions, or why it is refused.
A folder stands for every file in it.

  --json         one JSON object a file instead of tables
  --out FOLDER   also write the renditions, and a contact sheet of them (contact-sheet.html and .png)
  --help         this text`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, out: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help === true || positionals.length === 0) {
    console.log(usage);
    process.exitCode = values.help === true ? 0 : 2;
    return;
  }
  const { out } = values;
  if (out !== undefined) await mkdir(out, { recursive: true });
  const engine = createImagingEngine();
  const examinations: Examination[] = [];
  for (const path of await filesOf(positionals)) {
    const examination = await examine(engine, path, out);
    console.log(values.json === true ? JSON.stringify(examination.facts) : tableOf(examination.facts));
    examinations.push(examination);
  }
  await engine.close();
  if (out !== undefined) console.error(`Contact sheet: ${await writeContactSheet(examinations, out)}`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
