// <darkroom-image>: one image, in a dialog over the gallery. It fires `darkroom-close` when it is left.

import { html, LitElement, nothing } from 'lit';
import type { Darkroom, Image } from '../../../client/src/client.ts';
import { controls } from '../look/controls.ts';
import { strings } from '../strings.ts';

export class DarkroomImage extends LitElement {
  static override readonly properties = {
    darkroom: { attribute: false },
    imageId: { attribute: false },
    image: { state: true },
  };

  declare darkroom: Darkroom | undefined;
  declare imageId: string | undefined;
  declare image: Image | undefined;

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('imageId')) void this.#load();
  }

  async #load(): Promise<void> {
    if (this.imageId) this.image = await this.darkroom?.images.get(this.imageId);
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  override render() {
    const { image } = this;
    return html`
      <dialog aria-label=${strings.image.title} @close=${() => this.dispatchEvent(new CustomEvent('darkroom-close', { bubbles: true }))}>
        ${image ? html`<h2>${image.fileName ?? strings.gallery.unnamed}</h2>` : nothing}
        <form method="dialog"><button>${strings.image.close}</button></form>
      </dialog>
    `;
  }

  static override readonly styles = [controls];
}
