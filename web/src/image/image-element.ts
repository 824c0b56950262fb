// <darkroom-image>: one image, in a dialog over the gallery. It takes `darkroom`, `imageId` and the `photos` that it is among,
// and fires `darkroom-close`, `darkroom-image` for what it learns and `darkroom-deleted`.

import { html, LitElement, nothing, type PropertyValues } from 'lit';
import type { Darkroom, Image } from '../../../client/src/client.ts';
import { moveOf } from '../gallery/keyboard.ts';
import { controls } from '../look/controls.ts';
import { hashOf } from '../routes.ts';
import { strings } from '../strings.ts';
import { DarkroomImageDetails } from './details-element.ts';
import { createFollowing } from './following.ts';
import { imageStyle } from './image-style.ts';
import { pictureTemplate } from './picture.ts';
import { type Problem, problemTemplate } from './problem.ts';
import type { ShownPhotos } from './shown-photos.ts';
import { createSwipe } from './swipe.ts';

const { image: say } = strings;

customElements.define('darkroom-image-details', DarkroomImageDetails);

export class DarkroomImage extends LitElement {
  static override readonly properties = {
    darkroom: { attribute: false },
    imageId: { attribute: false },
    photos: { attribute: false },
    image: { state: true },
    problem: { state: true },
    isZoomed: { state: true },
    isPinched: { state: true },
  };

  declare darkroom: Darkroom | undefined;
  declare imageId: string | undefined;
  declare photos: ShownPhotos | undefined;
  declare image: Image | undefined;
  /** Why it cannot be shown; what is known of it stays. */
  declare problem: Problem | undefined;
  declare isZoomed: boolean;
  /** The browser itself has enlarged the page: fingers move about in it. */
  declare isPinched: boolean;
  readonly #following = createFollowing(
    (image) => {
      Object.assign(this, { image, problem: undefined });
      this.#tell('darkroom-image', image);
    },
    (problem, imageId) => {
      const isMissing = problem === 'missing';
      if (isMissing || !this.image) this.problem = problem;
      if (isMissing) this.#tell('darkroom-deleted', imageId);
    },
  );
  readonly #swipe = createSwipe((direction) => {
    if (!this.isZoomed) this.#go(direction === 'left' ? 'next' : 'previous');
  });

  constructor() {
    super();
    this.isZoomed = false;
    this.isPinched = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#press);
    visualViewport?.addEventListener('resize', this.#scaled);
    this.photos?.addEventListener('darkroom-photos', this.#refresh);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#press);
    visualViewport?.removeEventListener('resize', this.#scaled);
    this.photos?.removeEventListener('darkroom-photos', this.#refresh);
    this.#following.stop();
    document.documentElement.style.overflow = '';
    if (this.imageId !== undefined) this.photos?.focusOn(this.imageId);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('imageId') && !changed.has('darkroom')) return;
    this.image = this.imageId === undefined ? undefined : this.photos?.imageOf(this.imageId);
    this.isZoomed = false;
    this.#follow();
  }

  override firstUpdated(): void {
    document.documentElement.style.overflow = 'hidden';
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  /** Shows what the API says of it. */
  #follow(): void {
    const { imageId, darkroom } = this;
    this.problem = undefined;
    if (imageId && darkroom) this.#following.follow(darkroom, imageId);
    else this.#following.stop();
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

  /** Of the whole window: a button that is hidden or disabled loses the keyboard, which is nowhere in the dialog then. */
  readonly #press = (event: KeyboardEvent) => {
    const details = this.renderRoot.querySelector<DarkroomImageDetails>('darkroom-image-details');
    if (this.isZoomed || details?.takesArrows) return;
    const move = moveOf(event);
    if (move === 'previous' || move === 'next') this.#go(move);
  };

  readonly #scaled = () => {
    this.isPinched = (visualViewport?.scale ?? 1) > 1;
  };

  /** It may have other neighbors. */
  readonly #refresh = () => this.requestUpdate();

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

  /** @param event of something that was done here: it may be answered once another one is shown */
  #learn({ detail: image }: CustomEvent<Image>): void {
    if (image.imageId !== this.imageId) return;
    this.image = image;
    if (image.status === 'processing') this.#follow();
  }

  #leave({ detail: imageId }: CustomEvent<string>): void {
    if (imageId === this.imageId) this.#close();
  }

  #close(): void {
    this.renderRoot.querySelector('dialog')?.close();
  }

  override render() {
    const name = this.image?.fileName ?? (this.image ? strings.gallery.unnamed : say.title);
    return html`
      <dialog
        aria-label=${name} @close=${() => this.#tell('darkroom-close', this.imageId)}
        @darkroom-image=${this.#learn} @darkroom-deleted=${this.#leave}
      >
        <div
          class=${`stage ${this.isZoomed ? 'zoomed' : ''} ${this.isPinched ? 'pinched' : ''}`}
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
    if (this.problem)
      return problemTemplate(
        this.problem,
        () => this.#follow(),
        () => this.#close(),
      );
    if (!this.image) return html`<p class="no-picture">${say.loading}</p>`;
    return pictureTemplate(this.image, {
      isZoomed: this.isZoomed,
      onZoom: (event) => this.#zoom(event),
      // Its URL may have run out.
      onBroken: () => this.#following.isRecent || this.#follow(),
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
