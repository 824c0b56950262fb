// What stands around the photos: title, count and filter above them, and what there is to say where there are none.

import { html, nothing } from 'lit';
import { strings } from '../strings.ts';
import type { GalleryModel } from './gallery-model.ts';
import type { Filter } from './listing.ts';

const { gallery: say } = strings;

export function barTemplate(filter: Filter, total: number | undefined, onFilter: (filter: Filter) => void) {
  return html`
    <div class="bar">
      <h2>${say.title}${total ? html` <span class="muted">${say.count(total)}</span>` : nothing}</h2>
      <fieldset @change=${({ target }: Event) => onFilter((target as HTMLInputElement).value as Filter)}>
        <legend class="unseen">${say.filter}</legend>
        ${Object.entries(say.filters).map(
          ([value, name]) => html`
            <label>${name}<input type="radio" name="filter" value=${value} .checked=${value === filter} /></label>
          `,
        )}
      </fieldset>
    </div>
  `;
}

/** What to say beneath the photos, or instead of them. */
export function noticeTemplate(filter: Filter, { listing, photos }: GalleryModel) {
  if (listing.state === 'failed')
    return html`
      <div class="notice" role="alert">
        <p>${say.notLoaded} ${listing.message}</p>
        <button @click=${() => listing.more()}>${say.again}</button>
      </div>
    `;
  if (photos.length > 0) return nothing;
  const text = listing.state === 'ended' ? say.empty[filter as keyof typeof say.empty] : say.loading;
  return html`<p class="notice">${text}</p>`;
}

export function arrivedTemplate(count: number, onSeen: () => void) {
  return html`
    <div class="arrived" role="status">
      ${count > 0 ? html`<button class="primary" @click=${onSeen}>${say.arrived(count)}</button>` : nothing}
    </div>
  `;
}
