// A program of the benchmark in a process of its own: it is asked and it answers by messages, one at a time.

import { type ForkOptions, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

interface ChildProgram {
  readonly pid: number;
  /** What it says next. @throws {Error} when it ends instead */
  answer(): Promise<unknown>;
  /** Says something to it, and waits for the answer. */
  ask(message: object): Promise<unknown>;
  /** Lets go of it, and waits until it has ended. */
  close(): Promise<void>;
}

/** @param program ends when it is disconnected */
export function startChild(
  program: URL,
  args: readonly string[] = [],
  options: ForkOptions = {},
): ChildProgram {
  const child = fork(program, args, { execArgv: [], serialization: 'advanced', ...options });
  const ended = once(child, 'exit');
  const answer = async () => {
    const failed = ended.then(() => Promise.reject(new Error(`${fileURLToPath(program)} has ended`)));
    const [message] = await Promise.race([once(child, 'message'), failed]);
    return message;
  };
  return {
    pid: child.pid ?? 0,
    answer,
    ask(message) {
      child.send(message);
      return answer();
    },
    async close() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
