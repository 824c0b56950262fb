// <darkroom-gallery>: the caller's photos, the newest first, in justified rows. Only those near the window are in the page.
// It needs its `darkroom` property, takes what others learn of images by `show` and `leaveOut`, and fires `darkroom-photos`.

import { html, LitElement, nothing, type PropertyValues } from 'lit';
import type { Darkroom, Image } from '../../../client/src/client.ts';
import { controls } from '../look/controls.ts';
import { createGalleryFocus } from './gallery-focus.ts';
import { createGalleryModel, type GalleryModel, type Neighbors } from './gallery-model.ts';
import { galleryStyle } from './gallery-style.ts';
import { HostWidth } from './host-width.ts';
import type { Filter } from './listing.ts';
import { Moving } from './moving.ts';
import { arrivedTemplate, barTemplate, noticeTemplate } from './notices.ts';
import { occasions } from './occasions.ts';
import { photosTemplate } from './photos.ts';
import { shapeOf } from './rows.ts';
import { createGalleryWindow } from './window.ts';

/** How far beyond the window photos are in the page, and pages are asked for, in heights of the window. */
const margin = 0.6;
const askMargin = 3;

export class DarkroomGallery extends LitElement {
  static override readonly properties = {
    darkroom: { attribute: false },
    filter: { state: true },
  };

  declare darkroom: Darkroom | undefined;
  declare filter: Filter;
  #model: GalleryModel | undefined;
  #scrollTop = 0;
  /** The rows that are in the page: the first, and the one after the last. */
  #shown: readonly [number, number] = [0, 0];
  readonly #window = createGalleryWindow(() => this.renderRoot.querySelector('.photos'));
  readonly #focus = createGalleryFocus({
    model: () => this.#model,
    root: () => this.renderRoot,
    show: (row) => this.#showRow(row),
  });
  readonly #moving = new Moving(this);
  readonly #width = new HostWidth(this, (before) => this.#resize(before));

  constructor() {
    super();
    this.filter = 'all';
    this.addController(
      occasions({
        onScroll: () => this.#scroll(),
        onRest: () => this.#attend(),
        onHidden: () => this.#model?.attend([]),
        onSeen: () => void this.#renew(),
        onInterval: () => void (this.#model?.isPending && this.#renew()),
      }),
    );
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
    this.dispatchEvent(new Event('darkroom-photos'));
    const model = this.#model;
    if (!model || this.#width.now === 0) return;
    this.#window.restore(model);
    const left = model.rows.height - this.#window.top - innerHeight;
    if (model.listing.state === 'idle' && left < innerHeight * askMargin) void model.listing.more();
    this.#follow(model);
  }

  /** Has the rows near the window put into the page. */
  #follow(model: GalleryModel): void {
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
    this.#model?.shape(shapeOf(this.#width.now));
  }

  #placing(): void {
    if (!this.#model || this.#width.now === 0) return;
    this.#window.keep(this.#model);
    // Where the page is scrolled along, nothing else is to move.
    if (!this.#window.isKept) this.#moving.begin();
  }

  /** @param before how wide it was; 0 where it was hidden */
  #resize(before: number): void {
    if (this.#width.now === 0) return;
    if (this.#model && before > 0) this.#window.keep(this.#model);
    this.#shape();
    // What is hidden has no height, so that the page had scrolled to its beginning.
    if (before === 0)
      void this.updateComplete.then(() => scrollTo({ top: this.#scrollTop, behavior: 'instant' }));
  }

  #scroll(): void {
    if (!this.#model || this.clientWidth === 0) return;
    this.#scrollTop = scrollY;
    this.#follow(this.#model);
    if (this.#model.arrived > 0 && this.#window.top <= 0) this.#model.takeArrived();
  }

  #attend(): void {
    // What others ask for may be answered once nobody looks any more.
    if (!this.#model || this.clientWidth === 0 || document.hidden) return;
    this.#model.attend(this.#window.seen(this.#model));
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
    return photosTemplate(model, {
      rows: this.#width.now === 0 ? [0, 0] : this.#shown,
      top: this.#window.rows(model, 0)[0],
      isMoving: this.#moving.isUnderWay,
      focus: this.#focus,
      onBroken: (imageId) => {
        model.distrust(imageId);
        this.#attend();
      },
    });
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
