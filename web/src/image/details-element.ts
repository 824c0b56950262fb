// <darkroom-image-details>: what is known of an image, and what can be done with it: copied, downloaded, done again, deleted.
// It takes `darkroom` and `image`, and fires `darkroom-image` and `darkroom-deleted`.

import { html, LitElement, nothing, type PropertyValues } from 'lit';
import type { Darkroom, Image } from '../../../client/src/client.ts';
import { controls } from '../look/controls.ts';
import { inTime, sentenceOf } from '../patience.ts';
import { strings } from '../strings.ts';
import { type Deletion, deletionTemplate } from './deletion.ts';
import { factsTemplate, failureTemplate, renditionsTemplate } from './details.ts';
import { detailsStyle } from './details-style.ts';
import { saveAs } from './download.ts';
import { formatBytes } from './figures.ts';

const { image: say } = strings;
const messageMs = 5000;
const notAsked: Deletion = { isRunning: false, message: undefined };

export class DarkroomImageDetails extends LitElement {
  static override readonly properties = {
    darkroom: { attribute: false },
    image: { attribute: false },
    message: { state: true },
    isReprocessing: { state: true },
    deletion: { state: true },
  };

  declare darkroom: Darkroom | undefined;
  declare image: Image | undefined;
  /** What has just been done, for a moment. */
  declare message: string;
  declare isReprocessing: boolean;
  declare deletion: Deletion;
  #forgetting: ReturnType<typeof setTimeout> | undefined;
  #deleting: AbortController | undefined;

  constructor() {
    super();
    this.message = '';
    this.isReprocessing = false;
    this.deletion = notAsked;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#forgetting);
  }

  /** What was done with another image is not said of this one. */
  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('image');
    if (!before || this.#isShown(before.imageId)) return;
    Object.assign(this, { message: '', isReprocessing: false });
    this.#dialog?.close();
  }

  #isShown(imageId: string): boolean {
    return this.image?.imageId === imageId;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector<HTMLDialogElement>('.deletion');
  }

  /** Whether arrow keys mean something here. */
  get takesArrows(): boolean {
    return this.renderRoot.querySelector('.deletion[open], pre:focus') !== null;
  }

  /** @param imageId what it is about: nothing is said once another one is shown */
  #say(message: string, imageId = this.image?.imageId): void {
    if (imageId !== this.image?.imageId) return;
    this.message = message;
    clearTimeout(this.#forgetting);
    this.#forgetting = setTimeout(() => {
      this.message = '';
    }, messageMs);
  }

  #tell(name: string, detail: Image | string): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  async #copy(text: string, what: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#say(say.copied(what));
    } catch {
      this.#say(say.notCopied);
    }
  }

  async #download(event: Event, { imageId, fileName }: Image): Promise<void> {
    event.preventDefault();
    this.#say(say.downloading);
    try {
      // The URL that is known may have run out.
      const image = await this.darkroom?.images.get(imageId, { signal: inTime() });
      await saveAs(image?.original?.url, fileName ?? imageId);
      this.#say(say.downloaded, imageId);
    } catch (error) {
      this.#say(sentenceOf(error, say.notDownloaded), imageId);
    }
  }

  /** A button that is disabled would lose the keyboard: these say that they do nothing. */
  get #mayReprocess(): boolean {
    return !this.isReprocessing && this.image?.status !== 'processing';
  }

  async #reprocess({ imageId }: Image): Promise<void> {
    if (!this.#mayReprocess) return;
    this.isReprocessing = true;
    try {
      const image = await this.darkroom?.images.reprocess(imageId, { signal: inTime() });
      if (!image) return;
      this.#say(image.status === 'processing' ? say.reprocessing : say.unchanged, imageId);
      this.#tell('darkroom-image', image);
    } catch (error) {
      this.#say(sentenceOf(error), imageId);
    } finally {
      if (this.#isShown(imageId)) this.isReprocessing = false;
    }
  }

  #ask(): void {
    this.deletion = notAsked;
    this.#dialog?.showModal();
  }

  async #delete({ imageId }: Image): Promise<void> {
    if (this.deletion.isRunning) return;
    this.deletion = { isRunning: true, message: undefined };
    const deleting = new AbortController();
    this.#deleting = deleting;
    try {
      await this.darkroom?.images.delete(imageId, { signal: inTime(deleting.signal) });
      this.#tell('darkroom-deleted', imageId);
    } catch (error) {
      if (!deleting.signal.aborted) this.deletion = { isRunning: false, message: sentenceOf(error) };
    }
  }

  override render() {
    const { image } = this;
    if (!image) return nothing;
    return html`
      <header>
        <h2>${image.fileName ?? strings.gallery.unnamed}</h2>
        <p class=${`status ${image.status}`} role="status">${say.statuses[image.status]}</p>
      </header>
      ${failureTemplate(image)}
      ${this.#actions(image)}
      <p class="message muted" role="status">${this.message}</p>
      ${factsTemplate(image)}
      ${renditionsTemplate(image, (text, what) => void this.#copy(text, what))}
      ${deletionTemplate(image, this.deletion, {
        onConfirm: () => void this.#delete(image),
        // Otherwise it would be deleted as soon as there is a connection again.
        onClose: () => this.#deleting?.abort(),
      })}
    `;
  }

  #actions(image: Image) {
    const { original } = image;
    return html`
      <div class="actions">
        ${
          original?.url
            ? html`<a class="button" href=${original.url} @click=${(event: Event) => this.#download(event, image)}>
                ${say.download} <span class="muted">${formatBytes(original.bytes)}</span>
              </a>`
            : nothing
        }
        <button aria-disabled=${!this.#mayReprocess} @click=${() => this.#reprocess(image)}>${say.reprocess}</button>
        <button class="danger" @click=${this.#ask}>${say.delete}</button>
      </div>
    `;
  }

  static override readonly styles = [controls, detailsStyle];
}
