// <darkroom-image>: one image, in a dialog over the gallery. It takes `darkroom`, `imageId` and the `photos` that it is among,
// and fires `darkroom-close`, `darkroom-image` for what it learns and `darkroom-deleted`.

import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { ApiError, type Darkroom, type Image } from '../../../client/src/client.ts';
import { controls } from '../look/controls.ts';
import { hashOf } from '../routes.ts';
import { strings } from '../strings.ts';
import { DarkroomImageDetails } from './details-element.ts';
import { imageStyle } from './image-style.ts';
import { pictureTemplate } from './picture.ts';
import { createSwipe } from './swipe.ts';

const { image: say } = strings;
/** What is broken with new URLs is not asked for again and again. */
const trustMs = 30_000;
/** An ID that can be none is answered 400. */
const missing: readonly number[] = [400, 404];

/** The photos that the gallery shows. */
export interface ShownPhotos {
  /** What is known of one. */
  imageOf(imageId: string): Image | undefined;
  neighborsOf(imageId: string): {
    readonly previous?: string | undefined;
    readonly next?: string | undefined;
  };
  /** Leads the keyboard to it, or to what took its place. */
  focusOn(imageId: string): void;
}

customElements.define('darkroom-image-details', DarkroomImageDetails);

export class DarkroomImage extends LitElement {
  static override readonly properties = {
    darkroom: { attribute: false },
    imageId: { attribute: false },
    photos: { attribute: false },
    image: { state: true },
    problem: { state: true },
    isZoomed: { state: true },
  };

  declare darkroom: Darkroom | undefined;
  declare imageId: string | undefined;
  declare photos: ShownPhotos | undefined;
  declare image: Image | undefined;
  /** Why it cannot be shown. */
  declare problem: 'missing' | Error | undefined;
  declare isZoomed: boolean;
  #following: AbortController | undefined;
  #followedAt = 0;
  readonly #swipe = createSwipe((direction) => {
    if (!this.isZoomed) this.#go(direction === 'left' ? 'next' : 'previous');
  });

  constructor() {
    super();
    this.isZoomed = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#following?.abort();
    document.documentElement.style.overflow = '';
    if (this.imageId !== undefined) this.photos?.focusOn(this.imageId);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('imageId') && !changed.has('darkroom')) return;
    this.image = this.imageId === undefined ? undefined : this.photos?.imageOf(this.imageId);
    this.isZoomed = false;
    void this.#follow();
  }

  override firstUpdated(): void {
    document.documentElement.style.overflow = 'hidden';
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  /** Shows what the API says, again and again, until nothing happens to the image any more. */
  async #follow(): Promise<void> {
    const { imageId, darkroom } = this;
    this.#following?.abort();
    this.problem = undefined;
    if (!imageId || !darkroom) return;
    const following = new AbortController();
    this.#following = following;
    this.#followedAt = performance.now();
    try {
      for await (const image of darkroom.watch(imageId, { signal: following.signal })) {
        this.image = image;
        this.#tell('darkroom-image', image);
      }
    } catch (error) {
      if (following.signal.aborted) return;
      const isMissing = error instanceof ApiError && missing.includes(error.status);
      this.problem = isMissing ? 'missing' : (error as Error);
      if (isMissing) this.#tell('darkroom-deleted', imageId);
    }
  }

  /** Its URL may have run out. */
  #renew(): void {
    if (performance.now() - this.#followedAt > trustMs) void this.#follow();
  }

  #tell(name: string, detail: Image | string | undefined): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  #neighbor(where: 'previous' | 'next'): string | undefined {
    return this.imageId === undefined ? undefined : this.photos?.neighborsOf(this.imageId)[where];
  }

  #go(where: 'previous' | 'next'): void {
    const imageId = this.#neighbor(where);
    // In place of this one: the way back leads to the gallery.
    if (imageId !== undefined) location.replace(hashOf({ view: 'image', imageId }));
  }

  #press({ key, target }: KeyboardEvent): void {
    const isElsewhere = target instanceof DarkroomImageDetails && target.takesArrows;
    if (this.isZoomed || isElsewhere) return;
    if (key === 'ArrowLeft') this.#go('previous');
    if (key === 'ArrowRight') this.#go('next');
  }

  #zoom({ clientX, clientY, detail: clicks }: MouseEvent): void {
    const stage = this.renderRoot.querySelector('.stage') as HTMLElement;
    const { left, top, width, height } = stage.getBoundingClientRect();
    // A key points nowhere: it leads into the middle.
    const [x, y] = clicks > 0 ? [(clientX - left) / width, (clientY - top) / height] : [0.5, 0.5];
    this.isZoomed = !this.isZoomed;
    void this.updateComplete.then(() => {
      stage.scrollTo((stage.scrollWidth - width) * x, (stage.scrollHeight - height) * y);
    });
  }

  /** @param event of something that was done here */
  #learn({ detail: image }: CustomEvent<Image>): void {
    this.image = image;
    if (image.status === 'processing') void this.#follow();
  }

  #close(): void {
    this.renderRoot.querySelector('dialog')?.close();
  }

  override render() {
    const name = this.image?.fileName ?? (this.image ? strings.gallery.unnamed : say.title);
    return html`
      <dialog
        aria-label=${name} @close=${() => this.#tell('darkroom-close', this.imageId)} @keydown=${this.#press}
        @darkroom-image=${this.#learn} @darkroom-deleted=${this.#close}
      >
        <div
          class=${this.isZoomed ? 'stage zoomed' : 'stage'}
          @pointerdown=${this.#swipe.down} @pointerup=${this.#swipe.up} @pointercancel=${this.#swipe.cancel}
        >
          ${this.#shown()}
        </div>
        ${this.#controls()}
        ${this.image && !this.problem ? html`<darkroom-image-details .darkroom=${this.darkroom} .image=${this.image}></darkroom-image-details>` : nothing}
      </dialog>
    `;
  }

  #shown() {
    if (this.problem) {
      const isMissing = this.problem === 'missing';
      return html`
        <div class="problem" role="alert">
          <p>${isMissing ? say.missing : (this.problem as Error).message}</p>
          ${isMissing ? nothing : html`<button @click=${this.#follow}>${strings.gallery.again}</button>`}
          <button @click=${this.#close}>${say.back}</button>
        </div>
      `;
    }
    if (!this.image) return html`<p class="no-picture">${strings.gallery.loading}</p>`;
    return pictureTemplate(this.image, {
      isZoomed: this.isZoomed,
      onZoom: (event) => this.#zoom(event),
      onBroken: () => this.#renew(),
    });
  }

  #controls() {
    const [previous, next] = [this.#neighbor('previous'), this.#neighbor('next')];
    return html`
      <button class="icon close" aria-label=${say.close} @click=${this.#close}>✕</button>
      <button class="icon step previous" aria-label=${say.previous} aria-disabled=${!previous} @click=${() => this.#go('previous')}>‹</button>
      <button class="icon step next" aria-label=${say.next} aria-disabled=${!next} @click=${() => this.#go('next')}>›</button>
    `;
  }

  static override readonly styles = [controls, imageStyle];
}
