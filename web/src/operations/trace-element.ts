// <darkroom-trace>: one image: where it stands, what to do about it, and what happened to it. It needs `calls` and `imageId`.

import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { controls } from '../look/controls.ts';
import { strings } from '../strings.ts';
import type { ImageAnswer, TraceAnswer } from './answers.ts';
import { type Calls, Unreachable } from './calls.ts';
import { factStyles, facts } from './facts.ts';
import { pollWhileVisible } from './poll.ts';
import { outcomeOf } from './redrive.ts';
import { rowsOf } from './rows.ts';
import { tile, tileStyles } from './tile.ts';
import { timeline, timelineStyles } from './timeline.ts';

const words = strings.operations;
/** A trace looks at all that was put aside: no more often than this, and only while something can still happen. */
const pollMs = 5000;
const unsettled = new Set(['awaiting-upload', 'processing']);

export class DarkroomTrace extends LitElement {
  static override readonly properties = {
    calls: { attribute: false },
    imageId: { attribute: false },
    trace: { state: true },
    outcome: { state: true },
    problem: { state: true },
    isBusy: { state: true },
  };

  declare calls: Calls | undefined;
  declare imageId: string | undefined;
  declare trace: TraceAnswer | undefined;
  declare outcome: string;
  declare problem: string;
  declare isBusy: boolean;
  #isOutOfReach = false;
  #stop: (() => void) | undefined;

  constructor() {
    super();
    this.outcome = '';
    this.problem = '';
    this.isBusy = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('imageId')) return;
    Object.assign(this, { trace: undefined, outcome: '', problem: '', isBusy: false });
    this.#isOutOfReach = false;
    this.#stop?.();
    void this.#load();
    this.#stop = pollWhileVisible(
      document,
      async () => {
        const isUnsettled = this.trace !== undefined && unsettled.has(this.trace.image.status);
        if (isUnsettled || this.#isOutOfReach) await this.#load();
      },
      pollMs,
    );
  }

  async #load(): Promise<void> {
    const { calls, imageId } = this;
    if (!calls || !imageId) return;
    try {
      const trace = await calls.trace(imageId);
      if (imageId !== this.imageId) return;
      Object.assign(this, { trace, problem: '' });
      this.#isOutOfReach = false;
    } catch (error) {
      if (imageId !== this.imageId) return;
      this.problem = (error as Error).message;
      this.#isOutOfReach = error instanceof Unreachable;
    }
  }

  async #redrive(imageId: string): Promise<void> {
    const { calls } = this;
    if (!calls) return;
    this.isBusy = true;
    const outcome = await calls.redrive({ imageId }).then(outcomeOf, (error: Error) => error.message);
    if (imageId !== this.imageId) return;
    Object.assign(this, { outcome, isBusy: false });
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#outcome')?.focus();
    await this.#load();
  }

  override render() {
    const { trace, problem } = this;
    return html`
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
      ${trace ? this.#shown(trace) : html`<p class="muted">${problem ? nothing : words.loading}</p>`}
    `;
  }

  #shown(trace: TraceAnswer) {
    const { image } = trace;
    const rows = rowsOf(trace);
    return html`
      <div class="image">
        ${tile(image)}
        <div>
          <h2>${image.fileName ?? words.trace.unnamed}</h2>
          <p class="mono muted">${image.imageId}</p>
        </div>
        <span class=${`status ${image.status}`}>${image.status}</span>
      </div>
      ${this.#next(image)}
      ${facts(image)}
      <section aria-labelledby="happened">
        <div class="head">
          <h2 id="happened">${words.trace.title}</h2>
          <button class="quiet" @click=${() => this.#load()}>${words.trace.refresh}</button>
        </div>
        ${rows.length > 0 ? timeline(rows) : html`<p class="muted">${words.trace.none}</p>`}
      </section>
    `;
  }

  #next({ imageId, next: { says, command, canRedrive } }: ImageAnswer) {
    return html`
      <section class="next" aria-label=${words.trace.next}>
        <p>${says}</p>
        ${command ? html`<code class="mono">${command}</code>` : nothing}
        ${canRedrive ? html`<div><button ?disabled=${this.isBusy} @click=${() => this.#redrive(imageId)}>${words.confirm}</button></div>` : nothing}
        <p id="outcome" role="status" tabindex="-1">${this.outcome}</p>
      </section>
    `;
  }

  static override readonly styles = [
    controls,
    tileStyles,
    factStyles,
    timelineStyles,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem; }
      h2 { font-size: 1.125rem; font-weight: 600; overflow-wrap: anywhere; }
      section { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.75rem; }
      .image { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; align-items: center; gap: 1rem; }
      .image h2 { font-size: clamp(1.25rem, 3vw, 1.625rem); line-height: 1.3; letter-spacing: -0.015em; }
      .status { padding: 0.125rem 0.75rem; border: 1px solid currentColor; border-radius: 1rem; font-size: 0.875rem; font-weight: 500; }
      .status.ready { color: var(--darkroom-good, inherit); }
      .status.rejected { color: var(--darkroom-accent, inherit); }
      .status.failed { color: var(--darkroom-bad, inherit); }
      .next { gap: 0.5rem; padding: 1rem 1.25rem; border: 1px solid var(--darkroom-line, #ccc); border-radius: 0.625rem; background: var(--darkroom-surface, Canvas); }
      .next code { color: var(--darkroom-muted, GrayText); }
      #outcome:empty { display: none; }
      #outcome:focus-visible { outline: 2px solid var(--darkroom-accent, Highlight); outline-offset: 4px; }
      .problem { padding: 0.75rem 1rem; border: 1px solid currentColor; border-radius: 0.5rem; color: var(--darkroom-bad, inherit); }
      .head { display: flex; align-items: center; justify-content: space-between; }
      @media (max-width: 44rem) { .image { grid-template-columns: auto minmax(0, 1fr); } .status { justify-self: start; grid-column: 2; } }
    `,
  ];
}
