// One disposable process for hostile bytes: takes one order at a time, and can be killed in the middle of it. Nothing
// that it says or does ends this process: what was not asked for ends the other one.

import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { type Failure, PermanentFailure, TransientFailure } from '../../domain/errors.ts';
import { Channel } from './channel.ts';
import { type ConfinedLaunch, startConfined } from './child-launch.ts';
import { residentBytes } from './child-memory.ts';
import { Complaints } from './complaints.ts';
import { FrameError, type FrameLimits } from './frames.ts';
import type { Order } from './order.ts';
import { OriginalFile } from './original-file.ts';
import { channelDescriptor } from './protocol.ts';
import { requireReady } from './reports.ts';
import { TurnClock } from './turn-clock.ts';

export interface ProcessOptions extends ConfinedLaunch {
  /** Milliseconds in which it starts even where everything is slow; default 20,000. */
  readonly startDeadlineMs?: number;
  /** Milliseconds one order may take, waiting for this process not counted. */
  readonly deadlineMs: number;
}

/** No decoder was seen to take more than 1 GB a second: it exceeds the ceiling by 50 MB at most. */
const memoryCheckMs = 50;
/** What is begun with less time left would hardly end. */
const leastMs = 500;
/** In which its exit follows when its channel is closed. */
const exitMs = 100;
const readyLimits: FrameLimits = { maxHeadBytes: 64, maxBlocks: 0, maxBlockBytes: 0 };

/** The process ended in the middle of an order, by no doing of ours: a decoder crashed, or the system killed it. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';
}

export class ConfinedProcess {
  readonly #options: ProcessOptions;
  readonly #process: ChildProcess;
  readonly #channel: Channel;
  readonly #complaints: Complaints;
  readonly #originalFile: OriginalFile | undefined;
  readonly #ready: Promise<void>;
  #end: Error | undefined;
  #ordersDone = 0;

  constructor(options: ProcessOptions) {
    this.#options = options;
    this.#originalFile = options.program.decodes ? new OriginalFile() : undefined;
    this.#process = startConfined(options, this.#originalFile?.descriptor);
    const finish = (error: Error) => this.#finish(error);
    this.#channel = new Channel(this.#socket, finish, () => {
      // The exit tells more, and mostly follows.
      setTimeout(() => this.#died('closed its channel'), exitMs).unref();
    });
    this.#complaints = new Complaints(this.#standardError, () =>
      finish(new FrameError('no end of words on its standard error')),
    );
    this.#process.once('error', (error) => this.#died(`could not be started: ${error.message}`));
    this.#process.once('exit', (code, signal) => {
      this.#died(`died (${signal ?? `exit ${code}`})`);
      this.#killGroup();
      this.#originalFile?.close();
    });
    this.#ready = this.#channel.listen(readyLimits).then(requireReady);
    this.#ready.catch(finish);
    this.#hold(false);
  }

  /** False once the process has ended or was told to. */
  get isAlive(): boolean {
    return this.#end === undefined;
  }

  get ordersDone(): number {
    return this.#ordersDone;
  }

  /** Bytes resident now; 0 where the system does not say. */
  get residentBytes(): number {
    return this.#process.pid === undefined ? 0 : residentBytes(this.#process.pid);
  }

  kill(): void {
    this.#finish(new ProcessDied('the process was told to end'));
  }

  /**
   * Has one order fulfilled. Past the deadline or the memory ceiling the process is killed.
   * @param onSlow called shortly before the deadline of an order that is not done
   * @param endsAt when the caller's time ends, in milliseconds since the epoch
   * @throws {PermanentFailure} the file is at fault: refused, damaged, or its work was killed (`too-expensive`)
   * @throws {ProcessDied} the process died by itself
   * @throws {FrameError | ReportError} the process said what nobody had asked for
   * @throws {TransientFailure} the process does not start, or failed in a way that is no fault of the file
   */
  async fulfill<Result>(
    order: Order<Result>,
    onSlow: () => void,
    endsAt = Number.POSITIVE_INFINITY,
  ): Promise<Result> {
    this.#hold(true);
    const memoryWatch = setInterval(() => this.#checkMemory(), memoryCheckMs);
    try {
      await this.#started();
      const outcome = await this.#converse(order, this.#clock(onSlow, endsAt - Date.now()));
      if (outcome instanceof PermanentFailure || outcome instanceof TransientFailure) throw outcome;
      return outcome;
    } finally {
      clearInterval(memoryWatch);
      this.#originalFile?.trim();
      this.#ordersDone += 1;
      if (this.isAlive) this.#hold(false);
    }
  }

  async #converse<Result>({ answers, converse }: Order<Result>, clock: TurnClock): Promise<Result | Failure> {
    try {
      return await converse({
        ask: async (head, blocks = []) => {
          if (this.#end) throw new ProcessDied('the imaging process had ended before', { cause: this.#end });
          const stop = clock.start();
          this.#channel.send(head, blocks);
          return this.#channel.listen(answers).finally(stop);
        },
        handOver: (original) => this.#originalFile?.write(original),
      });
    } catch (error) {
      this.#finish(error as Error);
      throw error;
    }
  }

  /** Before it is ready, no file can be at fault. */
  async #started(): Promise<void> {
    const { startDeadlineMs = 20_000 } = this.#options;
    const late = new Error(`not ready within ${startDeadlineMs} ms`);
    const deadline = setTimeout(() => this.#finish(late), startDeadlineMs);
    try {
      await this.#ready;
    } catch (error) {
      const cause = this.#complaints.cause.cause ?? error;
      throw new TransientFailure('internal', 'the imaging process does not start', { cause });
    } finally {
      clearTimeout(deadline);
    }
  }

  #clock(onSlow: () => void, leftMs: number): TurnClock {
    if (leftMs < leastMs) throw outOfTime();
    const { deadlineMs } = this.#options;
    const why = leftMs < deadlineMs ? outOfTime() : tooExpensive(`not done within ${deadlineMs} ms`);
    return new TurnClock(Math.min(deadlineMs, leftMs), onSlow, () => this.#finish(why));
  }

  #checkMemory(): void {
    const { memoryCeilingBytes } = this.#options;
    if (this.residentBytes > memoryCeilingBytes)
      this.#finish(tooExpensive(`needs more than ${Math.round(memoryCeilingBytes / 1e6)} MB`));
  }

  #died(how: string): void {
    this.#finish(new ProcessDied(`the imaging process ${how}`, this.#complaints.cause));
  }

  /** The first reason to end it is the one that counts. */
  #finish(why: Error): void {
    if (this.#end !== undefined) return;
    this.#end = why;
    this.#killGroup();
    this.#standardError.destroy();
    this.#channel.end(why);
  }

  #killGroup(): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Nothing of the group is left.
    }
  }

  get #socket(): Socket {
    return this.#process.stdio[channelDescriptor] as Socket;
  }

  get #standardError(): Readable {
    return this.#process.stderr as Readable;
  }

  /** An idle child must not keep its parent alive; a working one must. */
  #hold(isWorking: boolean): void {
    const held = [this.#process, this.#socket, this.#standardError as Socket];
    for (const one of held) isWorking ? one.ref() : one.unref();
  }
}

/** The file may be as it should: others had the time that it lacks. */
function outOfTime(): TransientFailure {
  return new TransientFailure('internal', 'the time of the function ended before that of the file');
}

function tooExpensive(why: string): PermanentFailure {
  return new PermanentFailure('too-expensive', why);
}
