// How wide an element is, and when that changes: 0 while it is hidden.

import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class HostWidth implements ReactiveController {
  /** In pixels. */
  now = 0;
  readonly #host: ReactiveControllerHost & Element;
  readonly #observer: ResizeObserver;

  /** @param onChange told of another width, and of the one before */
  constructor(host: ReactiveControllerHost & Element, onChange: (before: number) => void) {
    this.#host = host;
    this.#observer = new ResizeObserver(() => {
      const before = this.now;
      this.now = host.clientWidth;
      if (this.now !== before) onChange(before);
    });
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }
}
