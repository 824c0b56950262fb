// <darkroom-gallery>: the caller's photos, the newest first, in justified rows. Only those near the window are in the page.
// It needs its `darkroom` property, and takes what others learn of images by `show`.

import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import type { Darkroom, Image, ListedStatus } from '../../../client/src/client.ts';
import { controls } from '../look/controls.ts';
import { strings } from '../strings.ts';
import { type Box, justify } from './justify.ts';
import { placeholderUrl } from './placeholder.ts';

type Filter = ListedStatus | 'all';

const gap = 8;
const defaultRatio = 1;
/** How far beyond the window photos are in the page, in heights of the window. */
const margin = 1;
const pageSize = 50;

export class DarkroomGallery extends LitElement {
  static override readonly properties = {
    darkroom: { attribute: false },
    filter: { state: true },
    isLoading: { state: true },
  };

  declare darkroom: Darkroom | undefined;
  declare filter: Filter;
  declare isLoading: boolean;
  #images = new Map<string, Image>();
  #list: AsyncGenerator<Image, void, undefined> | undefined;
  #boxes: readonly Box[] = [];
  #height = 0;
  #isAtEnd = false;
  readonly #resized = new ResizeObserver(() => this.#layOut());

  constructor() {
    super();
    this.filter = 'all';
    this.isLoading = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('scroll', this.#scrolled, { passive: true });
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('scroll', this.#scrolled);
    this.#resized.disconnect();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!this.darkroom || !(changed.has('darkroom') || changed.has('filter'))) return;
    this.#images = new Map();
    this.#isAtEnd = false;
    this.#list = this.darkroom.images.list({
      pageSize,
      ...(this.filter !== 'all' && { status: this.filter }),
    });
    void this.#more();
  }

  /** Takes an image in, or what is new of it. */
  show(image: Image): void {
    if (image.status === 'awaiting-upload') return;
    const isShown = this.filter === 'all' || image.status === this.filter;
    if (!isShown) this.#images.delete(image.imageId);
    else if (this.#images.has(image.imageId)) this.#images.set(image.imageId, image);
    else this.#images = new Map([[image.imageId, image], ...this.#images]);
    this.#layOut();
  }

  /** Takes an image out. */
  leaveOut(imageId: string): void {
    this.#images.delete(imageId);
    this.#layOut();
  }

  async #more(): Promise<void> {
    if (this.isLoading) return;
    const list = this.#list;
    this.isLoading = true;
    try {
      for (let count = 0; list && count < pageSize; count += 1) {
        const { value, done } = await list.next();
        if (list !== this.#list) break;
        if (done) {
          this.#isAtEnd = true;
          break;
        }
        if (value && !this.#images.has(value.imageId) && value.status !== 'awaiting-upload')
          this.#images.set(value.imageId, value);
      }
    } finally {
      this.isLoading = false;
      this.#layOut();
    }
    if (list !== this.#list) void this.#more();
  }

  readonly #scrolled = () => this.requestUpdate();

  #layOut(): void {
    const ratios = [...this.#images.values()].map(ratioOf);
    const rowHeight = this.clientWidth < 600 ? 140 : 240;
    ({ boxes: this.#boxes, height: this.#height } = justify(ratios, this.clientWidth, rowHeight, gap));
    this.requestUpdate();
  }

  override render() {
    const isEmpty = this.#images.size === 0;
    return html`
      <div class="bar">
        <h2>${strings.gallery.title}</h2>
        <label>
          ${strings.gallery.filter}
          <select @change=${({ target }: Event) => this.#choose(target as HTMLSelectElement)}>
            ${Object.entries(strings.gallery.filters).map(([value, name]) => html`<option value=${value}>${name}</option>`)}
          </select>
        </label>
      </div>
      ${isEmpty ? html`<p class="empty">${this.isLoading ? strings.gallery.loading : strings.gallery.empty}</p>` : nothing}
      <div class="photos" role="list" aria-label=${strings.gallery.title}>${this.#near()}</div>
    `;
  }

  #choose({ value }: HTMLSelectElement): void {
    this.filter = value as Filter;
  }

  #near() {
    const top = this.getBoundingClientRect().top;
    const from = -top - innerHeight * margin;
    const to = -top + innerHeight * (1 + margin);
    return [...this.#images.values()].map((image, index) => {
      const box = this.#boxes[index];
      if (!box || box.top + box.height < from || box.top > to) return nothing;
      return this.#photo(image, box);
    });
  }

  #photo(image: Image, { left, top, width, height }: Box) {
    const name = image.fileName ?? strings.gallery.unnamed;
    const candidates = image.renditions.filter(
      ({ variant, format }) => variant !== 'thumb' && format === 'webp',
    );
    const [smallest] = candidates;
    const behind = placeholderUrl(image.placeholder?.thumbHash);
    const color = image.placeholder?.dominantColor ?? '';
    const place = `left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
    const looks = `background:${color} center / cover${behind ? ` url("${behind}")` : ''}`;
    return html`
      <figure role="listitem" .style=${`${place};${color || behind ? looks : ''}`}>
        ${
          smallest?.url
            ? html`<img
                alt=${name}
                width=${smallest.width}
                height=${smallest.height}
                srcset=${candidates.map(({ url, width: pixels }) => `${url} ${pixels}w`).join(', ')}
                sizes=${`${Math.ceil(width)}px`}
                src=${smallest.url}
                loading="lazy"
                decoding="async"
              />`
            : html`<figcaption>${name}<br />${image.failure?.message ?? strings.gallery.developing}</figcaption>`
        }
      </figure>
    `;
  }

  override updated(): void {
    const photos = this.renderRoot.querySelector<HTMLElement>('.photos');
    if (photos) photos.style.height = `${this.#height}px`;
    const left = this.getBoundingClientRect().bottom - innerHeight;
    if (!this.#isAtEnd && !this.isLoading && this.#list && left < innerHeight * margin) void this.#more();
  }

  static override readonly styles = [
    controls,
    css`
      :host { display: block; }
      .bar { display: flex; align-items: baseline; justify-content: space-between; gap: 1rem; margin-bottom: 1rem; }
      h2 { font-size: 1.125rem; font-weight: 600; }
      label { color: var(--darkroom-muted, GrayText); font-size: 0.875rem; }
      select { margin-left: 0.5rem; }
      .empty { padding-block: 3rem; color: var(--darkroom-muted, GrayText); text-align: center; }
      .photos { position: relative; }
      figure { position: absolute; overflow: hidden; border-radius: 4px; background: var(--darkroom-surface, #eee); }
      img { display: block; width: 100%; height: 100%; object-fit: cover; }
      figcaption {
        box-sizing: border-box; height: 100%; padding: 0.75rem; overflow: hidden; overflow-wrap: anywhere;
        border: 1px solid var(--darkroom-line, #ccc); border-radius: 4px; background: var(--darkroom-surface, Canvas);
        color: var(--darkroom-muted, GrayText); font-size: 0.8125rem;
      }
    `,
  ];
}

function ratioOf({ metadata, renditions }: Image): number {
  const { width, height } = renditions.find(({ variant }) => variant !== 'thumb') ?? metadata ?? {};
  // A panorama is shown as a part of itself, so that it does not take a row of its own.
  return width && height ? Math.min(Math.max(width / height, 0.5), 3) : defaultRatio;
}
