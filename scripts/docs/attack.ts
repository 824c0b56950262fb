// The table of what can be done from within an imaging process: by attempts that were made, and what each means in Lambda.

import { readFile } from 'node:fs/promises';
import { attack } from '../attack/attack.ts';
import type { AttemptName } from '../attack/attempts.ts';
import { markdownTable } from '../page/markdown-table.ts';
import { generatedPart } from './markdown.ts';

const document = 'docs/security.md';

const inLambda: Record<AttemptName, string> = {
  'read credentials in its own environment': 'it is given `LD_LIBRARY_PATH` and what tunes memory',
  'read credentials in the environment that its parent was started with':
    'the worker has overwritten it; that of the init process is not documented',
  'read the original that it was given': 'that is what it is for',
  'change it': 'nobody reads it after',
  'read the code of the function': 'it is no secret',
  'read files of the system': 'no credentials are in any',
  'list the temporary folder': 'originals have no names in it',
  'write a file': '`/tmp` cannot be filled',
  'delete a file of its user': 'a worker keeps none',
  'run a program': 'under the same limits, and ended with it',
  'leave a program behind that outlives it': 'until the execution environment ends',
  'start a thread': 'in the same process',
  'make code of a text': 'native code needs none',
  'open a debugger in itself': 'in a process that it has already',
  'open a debugger in its parent': 'the worker takes none',
  'end its parent': 'the batch comes again',
  'connect to a server on the same machine': 'the Runtime API, X-Ray’s daemon, the network',
};

/** Made by attempts on Linux; elsewhere the table is left as it was made. */
export async function attackTable(): Promise<string> {
  if (process.platform !== 'linux') return generatedPart(await readFile(document, 'utf8'), 'attack');
  const [node, native] = await Promise.all([attack('node'), attack('native')]);
  return markdownTable([
    ['attempt', 'by code within Node', 'by native code', 'in Lambda'],
    ...(Object.keys(inLambda) as AttemptName[]).map((name) => [
      name,
      node[name],
      native[name],
      inLambda[name],
    ]),
  ]);
}
