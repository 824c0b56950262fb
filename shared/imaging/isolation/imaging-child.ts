// One disposable child process: takes one order at a time, and can be killed in the middle of it.

import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { PermanentFailure, TransientFailure } from '../../domain/errors.ts';
import type { RenderedImage } from '../contract.ts';
import { childLaunch } from './child-launch.ts';
import { residentBytes } from './child-memory.ts';
import { type Frame, onFrames, sendFrame } from './frames.ts';
import { OriginalFile } from './original-file.ts';
import { type ChildReport, channelDescriptor, type RenderOrder, withBodies } from './protocol.ts';

export interface ChildOptions {
  readonly entry: URL;
  /** The child's whole environment beside what tunes it: never the credentials of its parent. */
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds one order may take. */
  readonly deadlineMs: number;
  /** Bytes of resident memory at which the child is killed. */
  readonly memoryCeilingBytes: number;
}

/** No decoder was seen to take more than 1 GB a second: it exceeds the ceiling by 50 MB at most. */
const memoryCheckMs = 50;
/** In which a process is sure to have started. */
const startMs = 1_000;

/** The process ended in the middle of an order, by no doing of ours: a decoder crashed, or the system killed it. */
export class ChildDied extends Error {
  override readonly name = 'ChildDied';
}

type Settle = (outcome: { readonly frame: Frame } | { readonly error: Error }) => void;

export class ImagingChild {
  readonly #process: ChildProcess;
  readonly #channel: Socket;
  readonly #originalFile = new OriginalFile();
  readonly #options: ChildOptions;
  readonly #ready: Promise<unknown>;
  #settle: Settle | undefined;
  #ended = false;
  #ordersDone = 0;

  constructor(options: ChildOptions) {
    this.#options = options;
    this.#process = spawn(process.execPath, [...childLaunch.flags, fileURLToPath(options.entry)], {
      env: { ...options.environment, ...childLaunch.environment },
      stdio: ['ignore', 'ignore', 'inherit', 'pipe', this.#originalFile.descriptor],
    });
    this.#channel = this.#process.stdio[channelDescriptor] as Socket;
    this.#ready = new Promise<Frame>((resolve, reject) => this.#onceSettled(resolve, reject));
    this.#ready.catch(() => {});
    onFrames(this.#channel, (frame) => this.#settle?.({ frame }));
    // The exit tells more, and follows.
    this.#channel.on('error', () => {});
    this.#process.once('error', (error) => this.#end(`could not be started: ${error.message}`));
    this.#process.once('exit', (code, signal) => this.#end(`died (${signal ?? `exit ${code}`})`));
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
   * @param onSlow called shortly before the deadline of an order that is not done
   * @throws {PermanentFailure} the file is at fault: refused, damaged, or its decode was killed (`too-expensive`)
   * @throws {ChildDied} the process died by itself
   * @throws {TransientFailure} the process does not start, or failed in a way that is no fault of the file
   */
  async render(
    original: Uint8Array,
    order: Omit<RenderOrder, 'byteLength'>,
    onSlow: () => void,
  ): Promise<RenderedImage> {
    this.#hold(true);
    try {
      // Before it is ready, no file can be at fault.
      await this.#ready.catch((error) => {
        throw new TransientFailure('internal', 'the imaging process does not start', { cause: error });
      });
      this.#originalFile.write(original);
      return imageIn(await this.#ask({ byteLength: original.byteLength, ...order }, onSlow));
    } finally {
      this.#originalFile.trim();
      this.#ordersDone += 1;
      if (!this.#ended) this.#hold(false);
    }
  }

  async #ask(order: RenderOrder, onSlow: () => void): Promise<Frame> {
    const { deadlineMs, memoryCeilingBytes } = this.#options;
    const deadline = setTimeout(() => this.#killAs(`not developed within ${deadlineMs} ms`), deadlineMs);
    const slow = setTimeout(onSlow, Math.max(deadlineMs / 2, deadlineMs - startMs));
    const memoryWatch = setInterval(() => {
      if (this.residentBytes > memoryCeilingBytes) {
        this.#killAs(`needs more than ${Math.round(memoryCeilingBytes / 1e6)} MB to develop`);
      }
    }, memoryCheckMs);
    try {
      return await new Promise<Frame>((resolve, reject) => {
        this.#onceSettled(resolve, reject);
        sendFrame(this.#channel, order, []);
      });
    } finally {
      clearTimeout(deadline);
      clearTimeout(slow);
      clearInterval(memoryWatch);
    }
  }

  #onceSettled(resolve: (frame: Frame) => void, reject: (error: Error) => void): void {
    this.#settle = (outcome) => {
      this.#settle = undefined;
      if ('frame' in outcome) resolve(outcome.frame);
      else reject(outcome.error);
    };
  }

  #killAs(why: string): void {
    const settle = this.#settle;
    this.kill();
    settle?.({ error: new PermanentFailure('too-expensive', why) });
  }

  #end(how: string): void {
    this.#ended = true;
    this.#originalFile.close();
    this.#settle?.({ error: new ChildDied(`the imaging process ${how}`) });
  }

  /** An idle child must not keep its parent alive; a working one must. */
  #hold(isWorking: boolean): void {
    if (isWorking) {
      this.#process.ref();
      this.#channel.ref();
    } else {
      this.#process.unref();
      this.#channel.unref();
    }
  }
}

function imageIn({ head, blocks }: Frame): RenderedImage {
  const report = head as ChildReport;
  if (report.kind === 'rendered') return withBodies(report.image, blocks);
  if (report.kind === 'rejected') throw new PermanentFailure(report.code, report.message);
  throw new TransientFailure('internal', report.kind === 'failed' ? report.message : 'an unexpected report');
}
