// The pipeline from left to right, with what waits and what is in flight, and below it where messages are put aside.

import { css, html, nothing } from 'lit';
import { strings } from '../strings.ts';
import type { QueueCounts, QueuesAnswer } from './answers.ts';

const words = strings.operations;

/** @param oldest how old the oldest message of a queue is, in words, by the queue's name */
export function pipeline({ workers, rejections }: QueuesAnswer, oldest: ReadonlyMap<string, string>) {
  return html`
    <section class="pipeline" aria-label=${words.pipeline}>
      <div class="flow">
        ${end(words.originals, words.originalsHint)}
        <ul class="lanes">${workers.map(({ task, source }) => lane(task, source))}</ul>
        ${end(words.ready, words.readyHint)}
        <ul class="stores">
          ${workers.map(({ task, dlq }) => store('dlq', words.dlq(task), words.dlqHint, dlq, oldest))}
          ${store('rejections', words.rejections, words.rejectionsHint, rejections, oldest)}
        </ul>
      </div>
    </section>
  `;
}

function end(title: string, hint: string) {
  return html`<div class="end"><h3>${title}</h3><p class="muted">${hint}</p></div>`;
}

function lane(task: string, { waiting, inFlight, delayed }: QueueCounts) {
  return html`
    <li class=${waiting + inFlight > 0 ? 'lane busy' : 'lane'}>
      <div class="node">
        <h3>${words.queue(task)}</h3>
        <p>${number(waiting)} ${words.waiting}</p>
        ${delayed > 0 ? html`<p class="muted">${words.delayed(delayed)}</p>` : nothing}
      </div>
      <span class="wire" aria-hidden="true"></span>
      <div class="node">
        <h3>${words.worker(task)}</h3>
        <p title=${words.inFlightHint}>${number(inFlight)} ${words.inFlight}</p>
      </div>
    </li>
  `;
}

function store(
  kind: 'dlq' | 'rejections',
  title: string,
  hint: string,
  { name, waiting, inFlight }: QueueCounts,
  oldest: ReadonlyMap<string, string>,
) {
  const count = waiting + inFlight;
  const age = count > 0 ? oldest.get(name) : undefined;
  return html`
    <li class=${`node store ${kind} ${count > 0 ? 'filled' : ''}`}>
      <h3>${title}</h3>
      <p class="of">${number(count)}</p>
      <p class="muted">${hint}${age ? html`<br />${words.oldest(age)}` : nothing}</p>
    </li>
  `;
}

function number(count: number) {
  return html`<span class=${count > 0 ? 'number' : 'number none'}>${count.toLocaleString('en')}</span>`;
}

export const pipelineStyles = css`
  .pipeline { --wire: clamp(1.25rem, 4vw, 3.5rem); --hanging: 1.75rem; }
  .pipeline h3 { font-size: 0.8125rem; font-weight: 500; color: var(--darkroom-muted, GrayText); }
  .node h3::first-letter { text-transform: uppercase; }
  .flow { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; row-gap: var(--hanging); }
  .end, .node { border: 1px solid var(--darkroom-line, #ccc); border-radius: 0.625rem; background: var(--darkroom-surface, Canvas); }
  .end { display: grid; align-content: center; padding: 1rem 1.25rem; min-width: 6rem; }
  .end h3 { font-size: 1rem; font-weight: 600; color: var(--darkroom-text, CanvasText); }
  .lanes { display: grid; gap: 1rem; }
  .lane {
    display: grid; grid-template-columns: minmax(0, 1fr) var(--wire) minmax(0, 1fr); align-items: center;
    position: relative; padding-inline: var(--wire);
  }
  .lane::before, .lane::after { content: ''; position: absolute; width: var(--wire); top: calc(50% - 1px); }
  .lane::before { left: 0; }
  .lane::after { right: 0; }
  .node { padding: 0.75rem 1rem; min-width: 0; }
  .node p { font-size: 0.875rem; }
  .number { font-size: 1.625rem; line-height: 1.25; font-weight: 600; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
  .number.none { color: var(--darkroom-muted, GrayText); font-weight: 400; }
  .wire, .lane::before, .lane::after {
    height: 2px;
    background: repeating-linear-gradient(to right, var(--darkroom-line, #ccc) 0 6px, transparent 6px 12px) 0 0 / 12px 2px;
  }
  .busy .wire, .busy.lane::before, .busy.lane::after {
    background-image: repeating-linear-gradient(to right, var(--darkroom-accent, Highlight) 0 6px, transparent 6px 12px);
    animation: onward 600ms linear infinite;
  }
  @keyframes onward { to { background-position: 12px 0; } }
  .stores {
    grid-column: 2; display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) var(--wire) minmax(0, 2fr);
    padding-inline: var(--wire);
  }
  .store { position: relative; }
  .stores .dlq:first-child { margin-right: 0.375rem; }
  .stores .dlq + .dlq { margin-left: 0.375rem; }
  .store.rejections { grid-column: 4; }
  .store::before {
    content: ''; position: absolute; left: 1.5rem; bottom: calc(100% + 1px); height: var(--hanging);
    border-left: 2px dashed var(--darkroom-line, #ccc);
  }
  .store.dlq.filled { border-color: var(--darkroom-bad, currentColor); }
  .dlq.filled .number { color: var(--darkroom-bad, inherit); }
  @media (max-width: 52rem) {
    .flow { grid-template-columns: minmax(0, 1fr); row-gap: 1.25rem; }
    .flow > * { position: relative; grid-column: 1; }
    .flow > * + *:not(.stores)::before {
      content: ''; position: absolute; left: 1.5rem; bottom: calc(100% + 1px); height: 1.25rem;
      border-left: 2px dashed var(--darkroom-line, #ccc);
    }
    .end { display: flex; align-items: baseline; gap: 0.5rem; padding-block: 0.75rem; }
    .lane { padding-inline: 0; }
    .lane::before, .lane::after { display: none; }
    .stores { grid-template-columns: minmax(0, 1fr); gap: 0.75rem; padding-inline: 0; }
    .store.rejections { grid-column: 1; }
    .stores .store.dlq.node { margin: 0; }
    .store::before { display: none; }
    .store { display: grid; grid-template-columns: minmax(0, 1fr) auto; column-gap: 1rem; align-items: center; }
    .of { grid-column: 2; grid-row: 1 / span 2; }
  }
`;
