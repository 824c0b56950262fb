// Which calls to AWS a program can make: the commands of the SDK that it, and every module that it loads, imports.

import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const loaded = /(?:^import (?!type )[^;]*?from |^export [^;]*?from |\bimport\()'(\.{1,2}\/[^']+\.ts)'/gm;
const fromSdk = /^import (?!type )\{([^}]*)\} from '@aws-sdk\/(?:client|lib)-([\w-]+)'/gm;

/** As `client command`: `sqs ReceiveMessage`, `dynamodb Get`. */
export async function sdkCalls(entry: string): Promise<Set<string>> {
  const calls = new Set<string>();
  for (const path of await modulesOf(entry)) {
    for (const [, names = '', client] of (await readFile(path, 'utf8')).matchAll(fromSdk)) {
      for (const name of names.split(',').map((one) => one.trim())) {
        const command = /^(?:(\w+)Command|paginate(\w+))$/.exec(name);
        if (command) calls.add(`${client} ${command[1] ?? command[2]}`);
      }
    }
  }
  return calls;
}

/** The module and all that it loads, directly or not, by their paths. */
export async function modulesOf(entry: string): Promise<Set<string>> {
  const found = new Set<string>();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const folder = dirname(path);
    for (const [, other = ''] of (await readFile(path, 'utf8')).matchAll(loaded))
      open.push(join(folder, other));
  }
  return found;
}
