// All uploads: how far they are together, what can be done with all of them, and the rows of those that there is most to say of.

import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { strings } from '../strings.ts';
import { rowOf, type UploadActions } from './row.ts';
import { foremost, isOver, isUnderWay, stateOf, totalOf, type Upload } from './upload.ts';

const words = strings.upload;
/** Rows in the page, however many files there are. */
const mostRows = 40;
/** More of them scroll. */
const rowsInSight = 5;

export function listOf(uploads: readonly Upload[], actions: UploadActions): TemplateResult {
  const { ready, failed, count, fraction } = totalOf(uploads);
  const shown = foremost(uploads, mostRows);
  const paused = uploads.filter((upload) => stateOf(upload) === 'paused');
  const over = uploads.filter(isOver);
  const button = (word: string, act: (event: Event) => void) =>
    html`<button class="quiet" part="button" @click=${act}>${word}</button>`;
  return html`
    <div class="list" part="list">
      <div class="total" part="total" tabindex="-1">
        <p>${words.total(ready, failed, count)}</p>
        <div class="buttons">
          ${failed > 0 && count > rowsInSight ? button(words.showProblem, showProblem) : nothing}
          ${uploads.some(isUnderWay) ? button(words.pauseAll, () => actions.pause(uploads)) : nothing}
          ${paused.length > 0 ? button(words.goOnAll, () => actions.goOn(paused)) : nothing}
          ${over.length > 0 ? button(words.dismissAll, () => actions.remove(over)) : nothing}
        </div>
      </div>
      <progress part="progress" aria-label=${words.uploads} .value=${fraction}></progress>
      <ul aria-label=${words.uploads}>
        ${repeat(
          shown,
          ({ id }) => id,
          (upload) => rowOf(upload, actions),
        )}
      </ul>
      ${count > shown.length ? html`<p class="more">${words.more(count - shown.length)}</p>` : nothing}
    </div>
  `;
}

function showProblem({ currentTarget }: Event): void {
  const list = (currentTarget as Element).closest('.list');
  list?.querySelector('.failed')?.scrollIntoView({ block: 'nearest' });
}
