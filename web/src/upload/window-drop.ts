// Lets the whole window take a drop, so that a file that misses the box is not opened instead of the page.

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { hasFiles } from './dropped.ts';

export class WindowDrop implements ReactiveController {
  /** Whether files are held over the window. */
  isOver = false;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #take: (transfer: DataTransfer) => void;

  constructor(host: ReactiveControllerHost & HTMLElement, take: (transfer: DataTransfer) => void) {
    this.#host = host;
    this.#take = take;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('dragover', this.#over);
    addEventListener('dragleave', this.#leave);
    addEventListener('drop', this.#drop);
  }

  hostDisconnected(): void {
    removeEventListener('dragover', this.#over);
    removeEventListener('dragleave', this.#leave);
    removeEventListener('drop', this.#drop);
    this.#show(false);
  }

  // What another part of the page takes is not ours, and what nobody can see takes nothing.
  readonly #over = (event: DragEvent) => {
    if (event.defaultPrevented || !hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    this.#show(this.#host.checkVisibility());
  };

  readonly #leave = ({ relatedTarget }: DragEvent) => {
    if (relatedTarget === null) this.#show(false);
  };

  readonly #drop = (event: DragEvent) => {
    this.#show(false);
    const { dataTransfer: transfer, defaultPrevented: isTaken } = event;
    if (isTaken || !transfer || !hasFiles(transfer)) return;
    event.preventDefault();
    if (this.#host.checkVisibility()) this.#take(transfer);
  };

  #show(isOver: boolean): void {
    if (isOver === this.isOver) return;
    this.isOver = isOver;
    this.#host.requestUpdate();
  }
}
