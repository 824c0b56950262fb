// Starts and stops the local S3 as a child process, and hears what it says.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { S3Client } from '@aws-sdk/client-s3';

const script = fileURLToPath(new URL('./server-process.ts', import.meta.url));

export interface ServerChild {
  readonly client: S3Client;
  readonly published: readonly string[];
  /** Sends a word and waits for the answer that has this property. */
  ask(word: string, property: string): Promise<number>;
  /** SIGKILL: nothing is flushed, nothing is closed. */
  kill(): Promise<void>;
}

/** Serves a data folder from a new process. */
export async function startServerChild(dataDir: string, topics: 'up' | 'down'): Promise<ServerChild> {
  const child = fork(script, [dataDir, topics], { execArgv: ['--expose-gc'] });
  const published: string[] = [];
  child.on('message', (message) => {
    if (typeof message === 'object' && 'published' in message) published.push(String(message.published));
  });
  const endpoint = String(await nextMessage(child, 'listening'));
  const client = new S3Client({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIALOCALPROCESS', secretAccessKey: 'secret' },
    forcePathStyle: true,
    maxAttempts: 1,
  });
  return {
    client,
    published,
    ask: async (word, property) => {
      const answer = nextMessage(child, property);
      child.send(word);
      return Number(await answer);
    },
    kill: async () => {
      client.destroy();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function nextMessage(child: ChildProcess, property: string): Promise<unknown> {
  for (;;) {
    const [message] = await once(child, 'message', { signal: AbortSignal.timeout(10_000) });
    if (typeof message === 'object' && property in message) return message[property];
  }
}
