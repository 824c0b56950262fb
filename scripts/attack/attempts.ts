// What somebody tries who has taken over an imaging process: each attempt by Node's own means, made in the process itself.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readdirSync, readFileSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { open as openDebugger } from 'node:inspector';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { originalDescriptor } from '../../shared/imaging/isolation/protocol.ts';

/** What there is to find, as the parent has put it. */
export interface Targets {
  /** A text that the parent alone should know. */
  readonly secret: string;
  /** A file of the user's, which may be lost. */
  readonly file: string;
  /** A server on this machine. */
  readonly port: number;
  /** Where the parent would open a debugger. */
  readonly debuggerPort: number;
}

/** How an attempt ended. */
export type Outcome = 'refused' | 'nothing to find' | 'a name, and no byte' | 'possible';

/** Throws where it is refused. */
type Attempt = (targets: Targets) => Outcome | Promise<Outcome>;

const parent = process.ppid;
const found = (text: string, { secret }: Targets): Outcome =>
  text.includes(secret) ? 'possible' : 'nothing to find';

export const attempts = {
  'read credentials in its own environment': (targets) => found(JSON.stringify(process.env), targets),
  'read credentials in the environment that its parent was started with': (targets) =>
    found(readFileSync(`/proc/${parent}/environ`, 'latin1'), targets),
  'read the original that it was given': () => {
    readSync(originalDescriptor, Buffer.alloc(1));
    return 'possible';
  },
  'change it': () => {
    writeSync(openSync(`/proc/self/fd/${originalDescriptor}`, 'r+'), 'x', 0);
    return 'possible';
  },
  'read the code of the function': () => {
    readFileSync(import.meta.filename);
    return 'possible';
  },
  'read files of the system': () => {
    readFileSync('/etc/passwd');
    return 'possible';
  },
  'list the temporary folder': () => {
    readdirSync(tmpdir());
    return 'possible';
  },
  'write a file': () => {
    const path = join(tmpdir(), `attack-${process.pid}`);
    try {
      writeFileSync(path, 'x');
    } catch (error) {
      // The file was made, and is empty.
      if ((error as NodeJS.ErrnoException).code === 'EFBIG') return 'a name, and no byte';
      throw error;
    } finally {
      rmSync(path, { force: true });
    }
    return 'possible';
  },
  'delete a file of its user': ({ file }) => {
    rmSync(file);
    return 'possible';
  },
  'run a program': () => {
    const { error } = spawnSync('/bin/true');
    if (error) throw error;
    return 'possible';
  },
  'leave a program behind that outlives it': async (): Promise<Outcome> => {
    const program = spawn('/bin/sleep', ['1'], { detached: true, stdio: 'ignore' });
    await once(program, 'spawn');
    return 'possible';
  },
  'start a thread': async (): Promise<Outcome> => {
    await once(new Worker('', { eval: true }), 'exit');
    return 'possible';
  },
  'make code of a text': () => {
    new Function('return 1')();
    return 'possible';
  },
  'open a debugger in itself': () => {
    openDebugger(0, '127.0.0.1');
    return 'possible';
  },
  'open a debugger in its parent': async ({ debuggerPort }) => {
    process.kill(parent, 'SIGUSR1');
    await new Promise((resolve) => setTimeout(resolve, 300));
    return (await isOpen(debuggerPort)) ? 'possible' : 'nothing to find';
  },
  'end its parent': () => {
    // The signal that only asks whether it could.
    process.kill(parent, 0);
    return 'possible';
  },
  'connect to a server on the same machine': async ({ port }) =>
    (await isOpen(port)) ? 'possible' : 'refused',
} as const satisfies Readonly<Record<string, Attempt>>;

export type AttemptName = keyof typeof attempts;

export type Outcomes = Readonly<Record<AttemptName, Outcome>>;

/** Makes every attempt, one after the other. */
export async function attemptAll(targets: Targets): Promise<Outcomes> {
  const outcomes: Partial<Record<AttemptName, Outcome>> = {};
  for (const [name, attempt] of Object.entries(attempts) as [AttemptName, Attempt][]) {
    outcomes[name] = await Promise.resolve()
      .then(() => attempt(targets))
      .catch((): Outcome => 'refused');
  }
  return outcomes as Outcomes;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}
