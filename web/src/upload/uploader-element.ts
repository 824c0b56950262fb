// <darkroom-uploader>: takes photos by dropping, pasting, choosing or the camera, and shows each on its way to ready.
// It needs its `darkroom` property, a client of the client library, and fires `darkroom-image` for what becomes known.

import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import type { Darkroom, Image } from '../../../client/src/client.ts';
import { controls } from '../look/controls.ts';
import { advice, strings } from '../strings.ts';
import { createQueue, type Queue, type Upload } from './queue.ts';

export class DarkroomUploader extends LitElement {
  static override readonly properties = {
    darkroom: { attribute: false },
    isOver: { state: true },
    isOffline: { state: true },
  };

  declare darkroom: Darkroom | undefined;
  declare isOver: boolean;
  declare isOffline: boolean;
  #queue: Queue | undefined;

  constructor() {
    super();
    this.isOver = false;
    this.isOffline = !navigator.onLine;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('paste', this.#paste);
    addEventListener('online', this.#connection);
    addEventListener('offline', this.#connection);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('paste', this.#paste);
    removeEventListener('online', this.#connection);
    removeEventListener('offline', this.#connection);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('darkroom') || !this.darkroom) return;
    const tell = (image: Image) =>
      this.dispatchEvent(new CustomEvent('darkroom-image', { detail: image, bubbles: true, composed: true }));
    this.#queue = createQueue(this.darkroom, () => this.requestUpdate(), tell);
    this.#queue.resume();
  }

  readonly #paste = ({ clipboardData }: ClipboardEvent) => this.#queue?.add(clipboardData?.files ?? []);
  readonly #connection = () => {
    this.isOffline = !navigator.onLine;
  };

  #over(event: DragEvent, isOver: boolean): void {
    event.preventDefault();
    this.isOver = isOver;
  }

  #drop(event: DragEvent): void {
    this.#over(event, false);
    this.#queue?.add(event.dataTransfer?.files ?? []);
  }

  #choose({ target }: Event): void {
    const input = target as HTMLInputElement;
    this.#queue?.add(input.files ?? []);
    // The same file chosen again is a change, too.
    input.value = '';
  }

  override render() {
    const uploads = this.#queue?.uploads ?? [];
    return html`
      <section
        class=${this.isOver ? 'drop over' : 'drop'}
        aria-label=${strings.upload.drop}
        @dragover=${(event: DragEvent) => this.#over(event, true)}
        @dragleave=${(event: DragEvent) => this.#over(event, false)}
        @drop=${this.#drop}
      >
        <div>
          <p class="title">${strings.upload.drop}</p>
          <p class="hint">${strings.upload.dropHint}</p>
        </div>
        <div class="actions">
          <label class="button primary">
            ${strings.upload.choose}
            <input id="choose" type="file" accept="image/*,.heic,.heif" multiple @change=${this.#choose} />
          </label>
          <label class="button camera">
            ${strings.upload.camera}
            <input type="file" accept="image/*" capture="environment" @change=${this.#choose} />
          </label>
        </div>
      </section>
      ${this.isOffline ? html`<p class="offline" role="status">${strings.upload.offline}</p>` : nothing}
      ${this.#total(uploads)}
      ${uploads.length > 0 ? html`<ul aria-label=${strings.upload.uploads}>${uploads.map((upload) => this.#row(upload))}</ul>` : nothing}
    `;
  }

  #total(uploads: readonly Upload[]) {
    const ready = uploads.filter(({ phase }) => phase === 'ready').length;
    const failed = uploads.filter(({ failure }) => failure).length;
    const share = uploads.reduce((sum, { fraction, failure }) => sum + (failure ? 1 : fraction), 0);
    const text = uploads.length > 0 ? strings.upload.total(ready, failed, uploads.length) : '';
    return html`
      <div class="total">
        <p role="status">${text}</p>
        ${uploads.length > 0 ? html`<progress aria-label=${strings.upload.uploads} .value=${share / uploads.length}></progress>` : nothing}
      </div>
    `;
  }

  #row(upload: Upload) {
    const { name, phase, fraction, failure } = upload;
    const isOver = phase === 'ready' || failure !== undefined;
    return html`
      <li class=${failure ? 'failed' : phase}>
        <div class="what">
          <span class="name">${name}</span>
          <span class="state">${failure ? failure.message : strings.upload.phases[phase]}</span>
          ${failure ? this.#explained(failure.code) : nothing}
          ${isOver ? nothing : html`<progress aria-label=${name} .value=${fraction}></progress>`}
        </div>
        ${failure && upload.file ? html`<button @click=${() => this.#queue?.retry(upload)}>${strings.upload.retry}</button>` : nothing}
        <button class="quiet" aria-label=${`${isOver ? strings.upload.dismiss : strings.upload.cancel}: ${name}`} @click=${() => this.#queue?.remove(upload)}>
          ${isOver ? '✕' : strings.upload.cancel}
        </button>
      </li>
    `;
  }

  #explained(code: string | undefined) {
    if (code === undefined) return nothing;
    return html`
      ${advice[code] ? html`<span class="advice">${advice[code]}</span>` : nothing}
      <details><summary>${strings.upload.code}</summary><code>${code}</code></details>
    `;
  }

  static override readonly styles = [
    controls,
    css`
      :host { display: grid; gap: 1rem; }
      .drop {
        display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 1.25rem 2rem;
        padding: clamp(1.25rem, 4vw, 2.5rem); border: 1px dashed var(--darkroom-line, #999); border-radius: 0.75rem;
        background: var(--darkroom-surface, Canvas); transition: border-color 120ms;
      }
      .over { border-color: var(--darkroom-accent, Highlight); border-style: solid; }
      .title { font-size: 1.25rem; font-weight: 600; letter-spacing: -0.01em; }
      .hint, .state, .advice, summary, .total { color: var(--darkroom-muted, GrayText); font-size: 0.875rem; }
      .actions { display: flex; flex-wrap: wrap; gap: 0.75rem; }
      label input { position: absolute; opacity: 0; width: 1px; height: 1px; }
      @media (hover: hover) and (pointer: fine) { .camera { display: none; } }
      .total { display: grid; gap: 0.5rem; }
      ul { max-height: 22rem; overflow: auto; border-block: 1px solid var(--darkroom-line, #ccc); }
      li { display: flex; align-items: center; gap: 0.5rem; padding: 0.625rem 0.25rem; }
      li + li { border-top: 1px solid var(--darkroom-line, #ccc); }
      .what { display: grid; gap: 0.125rem; flex: 1; min-width: 0; }
      .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: 0.9375rem; }
      .ready .state { color: var(--darkroom-good, inherit); }
      .failed .state { color: var(--darkroom-bad, inherit); }
      summary { cursor: pointer; }
      .offline { padding: 0.75rem 1rem; border-radius: 0.5rem; background: var(--darkroom-surface, Canvas); }
    `,
  ];
}
