// What was put aside, a card a reason: in plain words, with its code, how much there is, the images, and what to do.

import { css, html, nothing } from 'lit';
import { hashOf } from '../routes.ts';
import { strings } from '../strings.ts';
import type { DeadLetterGroup, ImageBrief } from './answers.ts';
import { tile } from './tile.ts';
import { durationOf } from './words.ts';

const words = strings.operations;
const reasons: Readonly<Record<string, string>> = words.reasons;

interface Actions {
  /** Told which group is to be sent back to work. */
  ask(group: DeadLetterGroup): void;
  readonly isBusy: boolean;
}

export function groupCards(groups: readonly DeadLetterGroup[], actions: Actions) {
  return html`<ul class="groups">${groups.map((group) => card(group, actions))}</ul>`;
}

function card(group: DeadLetterGroup, { ask, isBusy }: Actions) {
  const { queue, kind, code, messages, oldestAt, example, images, imageCount } = group;
  return html`
    <li class=${kind}>
      <div class="what">
        <p class="count">${messages.toLocaleString('en')}</p>
        <div>
          <h3>${reasons[code] ?? example}</h3>
          <p class="muted">
            <code>${code}</code> ${words.inQueue(queue)} · ${words.oldest(durationOf(Date.now() - Date.parse(oldestAt)))}
          </p>
        </div>
        <button ?disabled=${isBusy} @click=${() => ask(group)}>${words.redrive(messages)}</button>
      </div>
      ${
        images.length > 0
          ? html`<ul class="images">
              ${images.map(traceLink)}
              ${imageCount > images.length ? html`<li class="more"><span aria-hidden="true">${words.more(imageCount - images.length)}</span><span class="unseen">${words.moreImages(imageCount - images.length)}</span></li>` : nothing}
            </ul>`
          : nothing
      }
    </li>
  `;
}

function traceLink(image: ImageBrief) {
  const name = image.fileName ?? image.imageId;
  return html`
    <li>
      <a href=${hashOf({ view: 'trace', imageId: image.imageId })} title=${name}>
        ${tile(image)}<span class="unseen">${words.traceOf}</span><span class="name">${name}</span>
      </a>
    </li>
  `;
}

export const groupStyles = css`
  .groups { display: grid; gap: 0.75rem; }
  .groups, .groups > li { grid-template-columns: minmax(0, 1fr); }
  .groups > li {
    display: grid; gap: 0.875rem; padding: 1rem 1.25rem; border: 1px solid var(--darkroom-line, #ccc); border-radius: 0.625rem;
    background: var(--darkroom-surface, Canvas);
  }
  .what { display: grid; grid-template-columns: minmax(2.5rem, auto) minmax(0, 1fr) auto; align-items: center; gap: 0.25rem 1rem; }
  .what h3 { font-size: 1rem; font-weight: 600; }
  .what .muted { overflow-wrap: anywhere; }
  .count { font-size: 1.625rem; line-height: 1; font-weight: 600; font-variant-numeric: tabular-nums; }
  .dlq .count { color: var(--darkroom-bad, inherit); }
  .images { display: flex; flex-wrap: wrap; gap: 0.75rem; }
  .images a { position: relative; display: grid; gap: 0.25rem; width: 4rem; border-radius: 0.375rem; text-decoration: none; }
  .images a:hover .name { color: var(--darkroom-text, CanvasText); text-decoration: underline; }
  .images .name {
    display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; overflow-wrap: anywhere;
    font-size: 0.75rem; line-height: 1.25; color: var(--darkroom-muted, GrayText);
  }
  .more { position: relative; display: grid; place-items: center; min-width: 3rem; height: 4rem; color: var(--darkroom-muted, GrayText); font-size: 0.875rem; }
  @media (max-width: 44rem) {
    .groups > li { padding: 1rem; }
    .what { grid-template-columns: minmax(2rem, auto) minmax(0, 1fr); align-items: start; }
    .what button { grid-column: 1 / -1; margin-top: 0.5rem; }
    .images { flex-wrap: nowrap; overflow-x: auto; margin-inline: -1rem; padding-inline: 1rem; scrollbar-width: none; }
  }
`;
