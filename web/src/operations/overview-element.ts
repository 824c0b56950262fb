// <darkroom-overview>: the pipeline with its counts, every two seconds while anybody can see it, and what was put aside by reason,
// looked at when a count has changed. It needs its `calls` property.

import { css, html, LitElement, nothing } from 'lit';
import { controls } from '../look/controls.ts';
import { strings } from '../strings.ts';
import type { DeadLetterGroup, DeadLettersAnswer, QueueCounts, QueuesAnswer } from './answers.ts';
import type { Calls } from './calls.ts';
import { groupCards, groupStyles } from './groups.ts';
import { pipeline, pipelineStyles } from './pipeline.ts';
import { pollWhileVisible } from './poll.ts';
import { outcomeOf, redriveDialog, redriveStyles } from './redrive.ts';
import { tileStyles } from './tile.ts';
import { durationOf } from './words.ts';

const words = strings.operations;
const pollMs = 2000;

export class DarkroomOverview extends LitElement {
  static override readonly properties = {
    calls: { attribute: false },
    queues: { state: true },
    deadLetters: { state: true },
    asked: { state: true },
    isBusy: { state: true },
    outcome: { state: true },
    problem: { state: true },
  };

  declare calls: Calls | undefined;
  declare queues: QueuesAnswer | undefined;
  declare deadLetters: DeadLettersAnswer | undefined;
  /** Which group somebody is asked about before it is redriven. */
  declare asked: DeadLetterGroup | undefined;
  declare isBusy: boolean;
  declare outcome: string;
  declare problem: string;
  /** The counts as they were when the dead letter messages were looked at. */
  #lookedAt = '';
  #stop: (() => void) | undefined;

  constructor() {
    super();
    this.isBusy = false;
    this.outcome = '';
    this.problem = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = pollWhileVisible(document, () => this.#refresh(), pollMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (this.asked && !dialog?.open) dialog?.showModal();
  }

  /** Says what is wrong instead of what it was asked for, until that works again. */
  async #tell(work: (calls: Calls) => Promise<void>): Promise<void> {
    if (!this.calls) return;
    try {
      await work(this.calls);
      this.problem = '';
    } catch (error) {
      this.problem = (error as Error).message;
    }
  }

  #refresh(): Promise<void> {
    return this.#tell(async (calls) => {
      this.queues = await calls.queues();
      // A look moves messages from waiting to in flight and back: their sum stays.
      const counts = JSON.stringify(storesOf(this.queues).map(countOf));
      if (counts === this.#lookedAt) return;
      await this.#look(calls);
      this.#lookedAt = counts;
    });
  }

  async #look(calls: Calls): Promise<void> {
    this.deadLetters = await calls.deadLetters();
  }

  async #redrive({ queue, code }: DeadLetterGroup): Promise<void> {
    this.isBusy = true;
    await this.#tell(async (calls) => {
      // Counts go on, so that a problem is soon unsaid: an outcome stays.
      this.outcome = await calls.redrive({ queue, code }).then(outcomeOf, (error: Error) => error.message);
      await this.#look(calls);
    });
    this.isBusy = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#outcome')?.focus();
  }

  override render() {
    const { queues, deadLetters } = this;
    return html`
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      ${queues ? this.#summary(queues) : html`<p class="muted">${this.problem ? nothing : words.loading}</p>`}
      ${queues ? pipeline(queues, oldestOf(deadLetters)) : nothing}
      <p id="outcome" role="status" tabindex="-1">${this.isBusy ? words.redriving : this.outcome}</p>
      ${deadLetters && deadLetters.groups.length + deadLetters.unseen > 0 ? this.#putAside(deadLetters) : nothing}
      ${this.asked ? redriveDialog(this.asked, (isConfirmed) => this.#answered(isConfirmed)) : nothing}
    `;
  }

  #answered(isConfirmed: boolean): void {
    const group = this.asked;
    this.asked = undefined;
    if (isConfirmed && group) void this.#redrive(group);
  }

  #summary({ workers, rejections }: QueuesAnswer) {
    const dead = workers.reduce((sum, { dlq }) => sum + countOf(dlq), 0);
    const rejected = countOf(rejections);
    const [first = words.well, second] = [
      ...(dead > 0 ? [words.failed(dead)] : []),
      ...(rejected > 0 ? [words.atFault(rejected)] : []),
    ];
    return html`
      <div role="status">
        <p class=${`summary ${dead > 0 ? 'bad' : rejected > 0 ? '' : 'good'}`}>${first}</p>
        ${second ? html`<p class="muted">${second}</p>` : nothing}
      </div>
    `;
  }

  #putAside({ groups, isComplete, maxMessages, unseen }: DeadLettersAnswer) {
    return html`
      <section aria-labelledby="reasons">
        <div class="head">
          <h2 id="reasons">${words.putAside}</h2>
          <button class="quiet" @click=${() => this.#tell((calls) => this.#look(calls))}>${words.lookAgain}</button>
        </div>
        ${groupCards(groups, { ask: (group) => this.#ask(group), isBusy: this.isBusy })}
        ${unseen > 0 ? html`<p class="muted">${words.unseen(unseen)}</p>` : nothing}
        ${isComplete ? nothing : html`<p class="muted">${words.incomplete(maxMessages)}</p>`}
        <p class="muted note">${words.lookHint}</p>
      </section>
    `;
  }

  #ask(group: DeadLetterGroup): void {
    this.outcome = '';
    this.asked = group;
  }

  static override readonly styles = [
    controls,
    pipelineStyles,
    groupStyles,
    tileStyles,
    redriveStyles,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem; }
      .summary { font-size: clamp(1.25rem, 3vw, 1.625rem); line-height: 1.3; font-weight: 600; letter-spacing: -0.015em; }
      .problem { padding: 0.75rem 1rem; border: 1px solid currentColor; border-radius: 0.5rem; color: var(--darkroom-bad, inherit); }
      section { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.75rem; }
      .head { display: flex; align-items: center; justify-content: space-between; gap: 0.5rem; }
      h2 { font-size: 1.125rem; font-weight: 600; }
      #outcome:empty { display: none; }
      #outcome:focus-visible { outline: 2px solid var(--darkroom-accent, Highlight); outline-offset: 4px; }
      .note { max-width: 48rem; }
    `,
  ];
}

function storesOf({ workers, rejections }: QueuesAnswer): QueueCounts[] {
  return [...workers.map(({ dlq }) => dlq), rejections];
}

function countOf({ waiting, inFlight }: QueueCounts): number {
  return waiting + inFlight;
}

function oldestOf(deadLetters: DeadLettersAnswer | undefined): ReadonlyMap<string, string> {
  const byQueue = Object.groupBy(deadLetters?.groups ?? [], ({ queue }) => queue);
  const ages = Object.entries(byQueue).map(([queue, groups = []]) => {
    const first = Math.min(...groups.map(({ oldestAt }) => Date.parse(oldestAt)));
    return [queue, durationOf(Date.now() - first)] as const;
  });
  return new Map(ages);
}
