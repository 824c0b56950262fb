// A few warm processes of one program, each replaced when it is spent: by age, by memory, or by what it has read.

import { PermanentFailure, TransientFailure } from '../../domain/errors.ts';
import { closeParent } from './closed-parent.ts';
import { ConfinedProcess, ProcessDied, type ProcessOptions } from './confined-process.ts';
import { FrameError } from './frames.ts';
import type { Order } from './order.ts';
import { ReportError } from './reports.ts';
import { Slots } from './slots.ts';

export interface PoolOptions extends ProcessOptions {
  /** Orders fulfilled at once, each in its own process. */
  readonly concurrency: number;
  /** Orders after which a process is replaced. */
  readonly recycleAfterOrders: number;
  /** Bytes resident after an order at which its process is replaced. */
  readonly recycleAboveBytes: number;
}

/** How an order may be fulfilled. */
export interface Terms {
  /** When its time ends, in milliseconds since the epoch; asked once a process is had, not while it is waited for. */
  readonly endsAt?: number;
  /** True for what a process must not have read before another order. */
  readonly isLast?: boolean;
  /** Whose order it is, where a process may serve no second owner. */
  readonly ownerId?: string;
}

export class ProcessPool {
  readonly #slots: Slots<ConfinedProcess>;
  readonly #owners = new WeakMap<ConfinedProcess, string>();
  readonly #retired = new WeakSet<ConfinedProcess>();

  /** Starts the processes at once, so that they load while the caller still fetches. */
  constructor(options: PoolOptions) {
    closeParent();
    const { concurrency, recycleAfterOrders, recycleAboveBytes } = options;
    const isSpent = (process: ConfinedProcess) =>
      !process.isAlive ||
      this.#retired.has(process) ||
      process.ordersDone >= recycleAfterOrders ||
      (process.ordersDone > 0 && process.residentBytes > recycleAboveBytes);
    this.#slots = new Slots(concurrency, () => new ConfinedProcess(options), isSpent);
  }

  /**
   * Has an order fulfilled. A process that dies or says what nobody asked for may have been brought to it by an order
   * before, or by an accident; one that does so again, without a past, does it because of this file.
   * @throws {PermanentFailure} the file is at fault; `corrupt-image` when the process dies of it again
   * @throws {TransientFailure} nobody knows whose fault it is, or the time was over
   */
  async fulfill<Result>(order: Order<Result>, terms: Terms = {}): Promise<Result> {
    try {
      return await this.#attempt(order, terms);
    } catch (error) {
      if (!hasFailed(error)) throw error;
    }
    try {
      return await this.#attempt(order, terms);
    } catch (error) {
      if (!hasFailed(error)) throw error;
      if (error instanceof ProcessDied)
        throw new PermanentFailure('corrupt-image', 'the decoder dies of this file', { cause: error });
      throw new TransientFailure('internal', 'the imaging process said what nobody had asked for', {
        cause: error,
      });
    }
  }

  close(): void {
    this.#slots.close();
  }

  #attempt<Result>(order: Order<Result>, { isLast = false, ownerId, endsAt }: Terms): Promise<Result> {
    const suits = (process: ConfinedProcess) => {
      const served = this.#owners.get(process);
      return ownerId === undefined || served === undefined || served === ownerId;
    };
    return this.#slots.use((process) => {
      if (isLast) this.#retired.add(process);
      if (ownerId !== undefined) this.#owners.set(process, ownerId);
      if (isLast || ownerId !== undefined) this.#slots.anticipate(process);
      return process.fulfill(order, () => this.#slots.anticipate(process), endsAt);
    }, suits);
  }
}

/** Whether the process itself has failed, whatever became of the file. */
function hasFailed(error: unknown): boolean {
  return error instanceof ProcessDied || error instanceof FrameError || error instanceof ReportError;
}
