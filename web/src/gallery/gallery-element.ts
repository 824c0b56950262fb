// <darkroom-gallery>: the caller's photos, the newest first, in justified rows. Only those near the window are in the page.
// It needs its `darkroom` property, and takes what others learn of images by `show` and `leaveOut`.

import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Darkroom, Image } from '../../../client/src/client.ts';
import { controls } from '../look/controls.ts';
import { strings } from '../strings.ts';
import { createGalleryFocus } from './gallery-focus.ts';
import { createGalleryModel, type GalleryModel, type Neighbors } from './gallery-model.ts';
import { galleryStyle } from './gallery-style.ts';
import type { Filter } from './listing.ts';
import { arrivedTemplate, barTemplate, noticeTemplate } from './notices.ts';
import { listenForOccasions } from './occasions.ts';
import { photoTemplate } from './photo.ts';
import { placedPhotos } from './placed-photos.ts';
import { createGalleryWindow } from './window.ts';

const gap = 8;
const rowHeightOf = (width: number) => (width < 600 ? 150 : 240);
/** How far beyond the window photos are in the page, and pages are asked for, in heights of the window. */
const margin = 0.6;
const askMargin = 3;
const movingMs = 250;

export class DarkroomGallery extends LitElement {
  static override readonly properties = {
    darkroom: { attribute: false },
    filter: { state: true },
    isMoving: { state: true },
  };

  declare darkroom: Darkroom | undefined;
  declare filter: Filter;
  /** Photos are on their way to other places. */
  declare isMoving: boolean;
  #model: GalleryModel | undefined;
  #width = 0;
  #scrollTop = 0;
  /** The rows that are in the page: the first, and the one after the last. */
  #shown: readonly [number, number] = [0, 0];
  #stopListening: (() => void) | undefined;
  readonly #window = createGalleryWindow(() => this.renderRoot.querySelector('.photos'));
  readonly #focus = createGalleryFocus({
    model: () => this.#model,
    root: () => this.renderRoot,
    show: (row) => this.#showRow(row),
  });
  readonly #resized = new ResizeObserver(() => this.#resize());

  constructor() {
    super();
    this.filter = 'all';
    this.isMoving = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
    this.#stopListening = listenForOccasions({
      onScroll: () => this.#scroll(),
      onRest: () => this.#attend(),
      onHidden: () => this.#model?.attend([]),
      onSeen: () => void this.#renew(),
      onInterval: () => {
        if (this.#model?.photos.some(({ status }) => status === 'processing')) void this.#renew();
      },
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.#stopListening?.();
    this.#model?.attend([]);
  }

  /** Takes an image in, or what is new of it. */
  show(image: Image): void {
    this.#model?.show(image);
  }

  /** Takes an image out that was deleted. */
  leaveOut(imageId: string): void {
    this.#focus.leave(imageId);
    this.#model?.leaveOut(imageId);
  }

  /** What is known of one of those that were looked at last. */
  imageOf(imageId: string): Image | undefined {
    return this.#model?.imageOf(imageId);
  }

  /** The photos before and after one; undefined where there is none, or none that is loaded. */
  neighborsOf(imageId: string): Neighbors {
    return this.#model?.neighborsOf(imageId) ?? {};
  }

  /** Leads the keyboard to a photo, or where it was deleted to the one that took its place. */
  focusOn(imageId: string): void {
    this.#focus.leadTo(imageId);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (this.darkroom && (changed.has('darkroom') || changed.has('filter'))) this.#begin(this.darkroom);
    if (this.#model) this.#shown = this.#window.rows(this.#model, margin);
  }

  override updated(): void {
    const model = this.#model;
    if (!model || this.#width === 0) return;
    this.#window.restore(model);
    const left = model.rows.height - this.#window.top - innerHeight;
    if (model.listing.state === 'idle' && left < innerHeight * askMargin) void model.listing.more();
    const [first, end] = this.#window.rows(model, margin);
    if (first !== this.#shown[0] || end !== this.#shown[1]) this.requestUpdate();
  }

  #begin(darkroom: Darkroom): void {
    this.#model?.stop();
    this.#focus.reset();
    this.#model = createGalleryModel(darkroom, this.filter, {
      isBusy: () => this.#window.top > 0,
      onPlacing: () => this.#placing(),
      onChange: () => this.requestUpdate(),
    });
    this.#shape();
    void this.#model.listing.more().then(() => this.#attend());
  }

  #shape(): void {
    const width = Math.max(1, this.#width);
    this.#model?.shape({ width, rowHeight: rowHeightOf(width), gap });
  }

  #placing(): void {
    if (!this.#model || this.#width === 0) return;
    this.#window.keep(this.#model);
    // Where the page is scrolled along, nothing else is to move.
    if (this.#window.isKept || this.isMoving) return;
    this.isMoving = true;
    setTimeout(() => {
      this.isMoving = false;
    }, movingMs);
  }

  #resize(): void {
    const width = this.clientWidth;
    if (width === this.#width) return;
    const wasHidden = this.#width === 0;
    if (this.#model && width > 0 && !wasHidden) this.#window.keep(this.#model);
    this.#width = width;
    if (width === 0) return;
    this.#shape();
    // What is hidden has no height, so that the page had scrolled to its beginning.
    if (wasHidden)
      void this.updateComplete.then(() => scrollTo({ top: this.#scrollTop, behavior: 'instant' }));
  }

  #scroll(): void {
    if (!this.#model || this.clientWidth === 0) return;
    this.#scrollTop = scrollY;
    const [first, end] = this.#window.rows(this.#model, margin);
    if (first !== this.#shown[0] || end !== this.#shown[1]) this.requestUpdate();
    if (this.#model.arrived > 0 && this.#window.top <= 0) this.#model.takeArrived();
  }

  #attend(): void {
    if (!this.#model || this.clientWidth === 0) return;
    const [first, end] = this.#window.rows(this.#model, 0);
    const seen = this.#model.photos.slice(this.#model.rows.at(first)?.first, this.#model.rows.at(end)?.first);
    this.#model.attend(seen.map(({ imageId }) => imageId));
  }

  async #renew(): Promise<void> {
    if (this.clientWidth === 0) return;
    await this.#model?.refresh();
    this.#attend();
  }

  override render() {
    const model = this.#model;
    if (!model) return nothing;
    return html`
      ${barTemplate(this.filter, model.total, (filter) => {
        this.filter = filter;
      })}
      ${arrivedTemplate(model.arrived, () => this.#showArrived())}
      ${model.photos.length > 0 ? this.#photos(model) : nothing}
      ${noticeTemplate(this.filter, model)}
    `;
  }

  #photos(model: GalleryModel) {
    const placed = placedPhotos(model, {
      rows: this.#shown,
      top: this.#window.rows(model, 0)[0],
      current: this.#focus.current,
      isFocused: this.#focus.isHere,
    });
    return html`
      <div
        class=${this.isMoving ? 'photos moving' : 'photos'} role="list" aria-label=${strings.gallery.title}
        .style=${`height:${model.rows.height}px`} @keydown=${this.#focus.pressed} @focusin=${this.#focus.arrived}
      >
        ${repeat(
          this.#width === 0 ? [] : placed,
          ({ photo }) => photo.imageId,
          (one) =>
            photoTemplate(one, (imageId) => {
              model.distrust(imageId);
              this.#attend();
            }),
        )}
      </div>
    `;
  }

  #showArrived(): void {
    this.scrollIntoView({ behavior: 'instant' });
    this.#model?.takeArrived();
    this.#focus.lead(0);
  }

  async #showRow(row: number): Promise<boolean> {
    if (!this.#model || this.clientWidth === 0) return false;
    this.#window.show(this.#model, row);
    this.requestUpdate();
    await this.updateComplete;
    return true;
  }

  static override readonly styles = [controls, galleryStyle];
}
