// One disposable child process: takes one order at a time, and can be killed in the middle of it.

import { type ChildProcess, fork } from 'node:child_process';
import { PermanentFailure, TransientFailure } from '../errors.ts';
import { residentBytes } from './child-memory.ts';
import type { ChildReport, RenderOrder } from './child-protocol.ts';
import type { RenderedImage } from './contract.ts';

export interface ChildOptions {
  readonly entry: URL;
  /** The child's whole environment beside MALLOC_ARENA_MAX: never the credentials of its parent. */
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds one order may take. */
  readonly deadlineMs: number;
  /** Bytes of resident memory at which the child is killed. */
  readonly memoryCeilingBytes: number;
}

const memoryCheckMs = 20;

export class ImagingChild {
  readonly #process: ChildProcess;
  readonly #options: ChildOptions;
  readonly #ready: Promise<void>;
  #ended = false;
  #ordersDone = 0;

  constructor(options: ChildOptions) {
    this.#options = options;
    this.#process = fork(options.entry, [], {
      serialization: 'advanced',
      execArgv: [],
      // Two malloc arenas instead of eight a core: 261 -> 511 MB over 200 photos becomes 213 -> 262.
      env: { ...options.environment, MALLOC_ARENA_MAX: '2' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#process.once('exit', () => {
      this.#ended = true;
    });
    this.#ready = new Promise((resolve, reject) => {
      this.#process.once('message', () => resolve());
      this.#process.once('error', reject);
      this.#process.once('exit', (code, signal) =>
        reject(new Error(`the imaging process ended as it started (${signal ?? code})`)),
      );
    });
    this.#ready.catch(() => {});
    this.#hold(false);
  }

  /** False once the process has ended or was told to. */
  get isAlive(): boolean {
    return !this.#ended;
  }

  get ordersDone(): number {
    return this.#ordersDone;
  }

  /** Bytes resident now; 0 where the system does not say. */
  get residentBytes(): number {
    return this.#process.pid === undefined ? 0 : residentBytes(this.#process.pid);
  }

  kill(): void {
    this.#ended = true;
    this.#process.kill('SIGKILL');
  }

  /**
   * Develops one original. Past the deadline or the memory ceiling the process is killed.
   * @throws {PermanentFailure} the file is at fault: refused, damaged, or its decode was killed (`too-expensive`)
   * @throws {TransientFailure} the process failed or died by itself
   */
  async render(order: RenderOrder): Promise<RenderedImage> {
    this.#hold(true);
    try {
      await this.#ready;
      return await this.#ask(order);
    } catch (error) {
      if (error instanceof PermanentFailure || error instanceof TransientFailure) throw error;
      throw new TransientFailure('internal', 'the imaging process could not be started', { cause: error });
    } finally {
      this.#ordersDone += 1;
      if (!this.#ended) this.#hold(false);
    }
  }

  #ask(order: RenderOrder): Promise<RenderedImage> {
    const { deadlineMs, memoryCeilingBytes } = this.#options;
    return new Promise((resolve, reject) => {
      const settle = (outcome: () => void) => {
        clearTimeout(deadline);
        clearInterval(memoryWatch);
        this.#process.off('message', onMessage);
        this.#process.off('exit', onExit);
        outcome();
      };
      const killAs = (why: string) =>
        settle(() => {
          this.kill();
          reject(new PermanentFailure('too-expensive', why));
        });
      const onMessage = (message: unknown) => settle(() => conclude(message as ChildReport, resolve, reject));
      const onExit = (code: number | null, signal: string | null) =>
        settle(() =>
          reject(new TransientFailure('internal', `the imaging process died (${signal ?? `exit ${code}`})`)),
        );
      const deadline = setTimeout(() => killAs(`not developed within ${deadlineMs} ms`), deadlineMs);
      const memoryWatch = setInterval(() => {
        if (this.residentBytes > memoryCeilingBytes) {
          killAs(`needs more than ${Math.round(memoryCeilingBytes / 1e6)} MB to develop`);
        }
      }, memoryCheckMs);
      this.#process.on('message', onMessage);
      this.#process.on('exit', onExit);
      this.#process.send(order, (error) => {
        if (error !== null) settle(() => reject(new TransientFailure('internal', error.message)));
      });
    });
  }

  /** An idle child must not keep its parent alive; a working one must. */
  #hold(working: boolean): void {
    const channel = this.#process.channel;
    if (working) {
      this.#process.ref();
      channel?.ref();
    } else {
      this.#process.unref();
      channel?.unref();
    }
  }
}

function conclude(
  report: ChildReport,
  resolve: (image: RenderedImage) => void,
  reject: (error: Error) => void,
): void {
  if (report.kind === 'rendered') resolve(report.image);
  else if (report.kind === 'rejected') reject(new PermanentFailure(report.code, report.message));
  else if (report.kind === 'failed') reject(new TransientFailure('internal', report.message));
}
