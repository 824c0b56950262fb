// <darkroom-operations>: what an operator sees: the queues, or with an `imageId` the trace of one image.

import { html, LitElement } from 'lit';
import { controls } from '../look/controls.ts';
import { strings } from '../strings.ts';

export class DarkroomOperations extends LitElement {
  static override readonly properties = { imageId: { attribute: false } };

  declare imageId: string | undefined;

  override render() {
    return html`<h2>${strings.operations.title}</h2>`;
  }

  static override readonly styles = [controls];
}
