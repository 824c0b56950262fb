// Instances of packaged functions: so many processes a function, each busy with one event at a time.

import { type ChildProcess, fork } from 'node:child_process';
import { createSlots } from '../../local/event-source-mapping/slots.ts';

interface Message {
  readonly answer?: unknown;
  readonly error?: string;
  readonly isReady?: true;
}

export interface Instances {
  invoke(event: object): Promise<unknown>;
  readonly pids: readonly number[];
  close(): void;
}

/**
 * Starts instances and waits until each has loaded its code.
 * @param main absolute path of the function's module
 */
export async function startInstances(
  main: string,
  count: number,
  environment: Readonly<Record<string, string>>,
): Promise<Instances> {
  const program = new URL('./function-process.ts', import.meta.url);
  const start = () => fork(program, [main], { env: { ...environment }, execArgv: [] });
  const instances = Array.from({ length: count }, start);
  await Promise.all(instances.map(nextMessage));
  const idle = [...instances];
  const slots = createSlots(count);
  return {
    pids: instances.flatMap(({ pid }) => pid ?? []),
    async invoke(event) {
      await slots.take();
      const instance = idle.pop();
      try {
        if (instance === undefined) throw new Error('no instance is idle');
        const answered = nextMessage(instance);
        instance.send(event);
        const { answer, error } = await answered;
        if (error !== undefined) throw new Error(error);
        return answer;
      } finally {
        if (instance) idle.push(instance);
        slots.give();
      }
    },
    close() {
      for (const instance of instances) instance.kill();
    },
  };
}

function nextMessage(instance: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`an instance ended (${code})`));
    instance.once('exit', onExit);
    instance.once('message', (message) => {
      instance.off('exit', onExit);
      resolve(message as Message);
    });
  });
}
