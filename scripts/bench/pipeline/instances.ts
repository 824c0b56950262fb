// Instances of packaged functions: so many processes a function, each busy with one event at a time.

import { createSlots } from '../../local/event-source-mapping/slots.ts';
import { startChild } from '../child-program.ts';

export interface Instances {
  invoke(event: object): Promise<unknown>;
  readonly pids: readonly number[];
  close(): Promise<unknown>;
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
  const instances = Array.from({ length: count }, () => startChild(program, [main], { env: environment }));
  await Promise.all(instances.map((instance) => instance.answer()));
  const idle = [...instances];
  const slots = createSlots(count);
  return {
    pids: instances.map(({ pid }) => pid),
    async invoke(event) {
      await slots.take();
      const instance = idle.pop();
      try {
        if (instance === undefined) throw new Error('no instance is idle');
        const { answer, error } = (await instance.ask(event)) as { answer?: unknown; error?: string };
        if (error !== undefined) throw new Error(error);
        return answer;
      } finally {
        if (instance) idle.push(instance);
        slots.give();
      }
    },
    close: () => Promise.all(instances.map((instance) => instance.close())),
  };
}
