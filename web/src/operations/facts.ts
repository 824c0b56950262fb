// What is known of an image beside its trace: its tasks, its objects, and whether anybody was told.

import { css, html } from 'lit';
import { formatBytes } from '../image/figures.ts';
import { strings } from '../strings.ts';
import type { ImageAnswer } from './answers.ts';
import { dateOf, timeOf } from './words.ts';

const words = strings.operations.trace;

export function facts({ tasks, original, renditionCount, isAnnounced, putAside }: ImageAnswer) {
  const rows: [string, string][] = [
    ...tasks.map(({ task, state, receiveCount, code }): [string, string] => [
      task,
      [words.taskState(state, receiveCount), code].filter(Boolean).join(', '),
    ]),
    [words.original, original ? originalOf(original) : words.originalGone],
    [words.stored, words.renditions(renditionCount)],
    [words.told, isAnnounced ? words.announced : words.unannounced],
    ...putAside.map(({ queue, code }): [string, string] => [words.putAside, `${queue}, ${code}`]),
  ];
  return html`
    <dl class="facts" aria-label=${words.facts}>
      ${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
    </dl>
  `;
}

function originalOf({ bytes, storedAt }: NonNullable<ImageAnswer['original']>): string {
  const at = Date.parse(storedAt ?? '');
  return words.originalIs(
    formatBytes(bytes),
    Number.isNaN(at) ? '?' : `${dateOf(at)}, ${timeOf(at).slice(0, 8)}`,
  );
}

export const factStyles = css`
  .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 0.75rem 2rem; }
  .facts dt { font-size: 0.8125rem; color: var(--darkroom-muted, GrayText); }
  .facts dd { font-size: 0.9375rem; overflow-wrap: anywhere; }
`;
