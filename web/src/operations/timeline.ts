// The timeline of an image: when, how long after what was before, what happened, and bars of what took its time.

import { css, html, nothing } from 'lit';
import { strings } from '../strings.ts';
import type { Row } from './rows.ts';
import { dateOf, durationOf, timeOf } from './words.ts';

const words = strings.operations.trace;
/** Of the longest bar, so that the shortest is still seen. */
const leastShare = 0.02;

export function timeline(rows: readonly Row[]) {
  const first = rows.find(({ at }) => at !== null)?.at ?? null;
  const longest = Math.max(...rows.map(({ total = 0 }) => total));
  return html`
    ${first === null ? nothing : html`<p class="muted">${dateOf(first)}</p>`}
    <ol class="timeline" aria-label=${words.list}>${rows.map((row) => entry(row, longest))}</ol>
  `;
}

function entry({ at, gap, tone, title, detail, steps, total }: Row, longest: number) {
  return html`
    <li class=${`tone-${tone}`}>
      <p class="when">
        ${at === null ? '?' : html`<time datetime=${new Date(at).toISOString()}>${timeOf(at)}</time>`}
        ${gap === null ? nothing : html`<span class="gap">+${durationOf(gap)}</span>`}
      </p>
      <div class="what">
        <h3>${title}</h3>
        ${detail ? html`<p class="muted">${detail}</p>` : nothing}
        ${total === undefined ? nothing : bars(steps, total, longest)}
      </div>
    </li>
  `;
}

function bars(steps: Row['steps'], total: number, longest: number) {
  const share = Math.max(leastShare, longest === 0 ? 0 : total / longest);
  const measured = steps.filter(({ milliseconds }) => milliseconds > 0);
  return html`
    <div class="bar" aria-hidden="true" .style=${`width:${(share * 100).toFixed(1)}%`}>
      ${
        measured.length > 0
          ? measured.map(
              ({ name, milliseconds }) =>
                html`<span class=${`step ${name}`} .style=${`flex-grow:${milliseconds}`}></span>`,
            )
          : html`<span class="step" .style=${'flex-grow:1'}></span>`
      }
    </div>
    <ul class="steps">
      ${measured.map(({ name, milliseconds }) => html`<li><span class=${`swatch ${name}`} aria-hidden="true"></span>${name} ${durationOf(milliseconds)}</li>`)}
      <li class="total">${words.total(durationOf(total))}</li>
    </ul>
  `;
}

export const timelineStyles = css`
  .timeline { margin: 0; padding: 0; list-style: none; }
  .timeline > li {
    display: grid; grid-template-columns: 7.5rem minmax(0, 1fr); gap: 0 2.25rem; position: relative; padding-bottom: 1.5rem;
    --tone: var(--darkroom-muted, GrayText);
  }
  .timeline > .tone-good { --tone: var(--darkroom-good, green); }
  .timeline > .tone-warn { --tone: var(--darkroom-accent, orange); }
  .timeline > .tone-bad { --tone: var(--darkroom-bad, red); }
  .timeline > li::before, .timeline > li::after { content: ''; position: absolute; left: 8.5rem; }
  .timeline > li::before {
    top: 0.5rem; width: 0.625rem; height: 0.625rem; border-radius: 50%; background: var(--tone); translate: -50% 0; z-index: 1;
  }
  .timeline > li::after { top: 1rem; bottom: -0.5rem; border-left: 1px solid var(--darkroom-line, #ccc); }
  .timeline > li:last-child::after { display: none; }
  .when { display: grid; justify-items: end; align-content: start; font-size: 0.875rem; font-variant-numeric: tabular-nums; line-height: 1.625rem; }
  .gap { color: var(--darkroom-muted, GrayText); line-height: 1.25rem; }
  .timeline .what { display: grid; gap: 0.375rem; min-width: 0; }
  .timeline h3 { font-size: 1rem; font-weight: 600; }
  .timeline h3::first-letter { text-transform: uppercase; }
  .tone-bad h3 { color: var(--tone); }
  .timeline .muted { overflow-wrap: anywhere; }
  .bar { display: flex; gap: 1px; height: 0.5rem; border-radius: 0.25rem; overflow: hidden; min-width: 2px; }
  .step, .swatch { background: var(--darkroom-muted, GrayText); }
  .claim { background: #8b7fc7; }
  .fetch { background: #4f8fc0; }
  .develop { background: var(--darkroom-accent, Highlight); }
  .store { background: #3f9b8f; }
  .settle { background: #7d9b52; }
  .announce { background: #c28f2c; }
  .steps { display: flex; flex-wrap: wrap; gap: 0.125rem 1rem; font-size: 0.8125rem; color: var(--darkroom-muted, GrayText); }
  .steps li { display: flex; align-items: center; gap: 0.375rem; }
  .swatch { width: 0.5rem; height: 0.5rem; border-radius: 2px; }
  .total { font-weight: 500; color: var(--darkroom-text, CanvasText); }
  @media (max-width: 44rem) {
    .timeline > li { grid-template-columns: minmax(0, 1fr); padding-left: 1.5rem; }
    .timeline > li::before, .timeline > li::after { left: 0.3125rem; }
    .when { display: flex; gap: 0.75rem; color: var(--darkroom-muted, GrayText); }
    .gap { line-height: inherit; }
  }
`;
