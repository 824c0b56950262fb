// <darkroom-operations>: what an operator of the laptop sees: the queues, or with an `imageId` the trace of one image.

import { css, html, LitElement } from 'lit';
import { controls } from '../look/controls.ts';
import { hashOf } from '../routes.ts';
import { strings } from '../strings.ts';
import { createCalls } from './calls.ts';
import { DarkroomOverview } from './overview-element.ts';
import { DarkroomTrace } from './trace-element.ts';

const words = strings.operations;

customElements.define('darkroom-overview', DarkroomOverview);
customElements.define('darkroom-trace', DarkroomTrace);

export class DarkroomOperations extends LitElement {
  static override readonly properties = { imageId: { attribute: false } };

  declare imageId: string | undefined;
  readonly #calls = createCalls();

  #find(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const imageId = String(new FormData(form).get('imageId')).trim();
    if (imageId) location.hash = hashOf({ view: 'trace', imageId });
    form.reset();
  }

  override render() {
    const { imageId } = this;
    return html`
      <div class="bar">
        ${imageId ? html`<a class="back" href=${hashOf({ view: 'operations' })}>← ${words.back}</a>` : html`<h2>${words.title}</h2>`}
        <form role="search" @submit=${this.#find}>
          <input name="imageId" aria-label=${words.search} placeholder=${words.search} autocomplete="off" spellcheck="false" pattern="[\\w\\-]+" required />
          <button>${words.find}</button>
        </form>
      </div>
      ${
        imageId
          ? html`<darkroom-trace .calls=${this.#calls} .imageId=${imageId}></darkroom-trace>`
          : html`<darkroom-overview .calls=${this.#calls}></darkroom-overview>`
      }
    `;
  }

  static override readonly styles = [
    controls,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem; }
      .bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.75rem 1.5rem; }
      h2 { font-size: 1.125rem; font-weight: 600; }
      form { display: flex; gap: 0.5rem; flex: 0 1 26rem; }
      input {
        flex: 1; min-width: 0; min-height: 2.75rem; box-sizing: border-box; padding: 0 0.75rem; border: 1px solid var(--darkroom-line, #ccc);
        border-radius: 0.5rem; background: var(--darkroom-surface, Field); color: var(--darkroom-text, FieldText); font: inherit; font-size: 0.9375rem;
      }
      .back { display: inline-flex; align-items: center; min-height: 2.75rem; color: var(--darkroom-muted, GrayText); text-decoration: none; }
    `,
  ];
}
