// Photos that are placed otherwise are on their way for a moment.

import type { ReactiveController, ReactiveControllerHost } from 'lit';

const movingMs = 250;

export class Moving implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get isUnderWay(): boolean {
    return this.#timer !== undefined;
  }

  begin(): void {
    if (this.isUnderWay) return;
    this.#timer = setTimeout(() => this.#end(), movingMs);
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    if (this.isUnderWay) this.#end();
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#host.requestUpdate();
  }
}
