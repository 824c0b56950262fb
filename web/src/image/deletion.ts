// Asks whether a photo is really to be deleted: its name, what is lost, and the way out first.

import { html, nothing } from 'lit';
import type { Image } from '../../../client/src/client.ts';
import { strings } from '../strings.ts';

export interface Deletion {
  readonly isRunning: boolean;
  /** Why it did not succeed. */
  readonly message: string | undefined;
}

const { image: say } = strings;

interface Answers {
  onConfirm(): void;
  /** Told when the dialog is closed, in whichever way. */
  onClose(): void;
}

/** A dialog with the class `deletion`, for `showModal`. */
export function deletionTemplate(
  image: Image,
  { isRunning, message }: Deletion,
  { onConfirm, onClose }: Answers,
) {
  return html`
    <dialog class="deletion" aria-labelledby="deletion-title" aria-describedby="deletion-text" @close=${onClose}>
      <h2 id="deletion-title">${say.deleteQuestion(image.fileName ?? strings.gallery.unnamed)}</h2>
      <p id="deletion-text">${say.deleteText}</p>
      ${message ? html`<p class="bad" role="alert">${message}</p>` : nothing}
      <form method="dialog" class="actions">
        <button autofocus>${say.cancel}</button>
        <button class="danger" type="button" aria-disabled=${isRunning} @click=${onConfirm}>
          ${isRunning ? say.deleting : say.deleteForGood}
        </button>
      </form>
    </dialog>
  `;
}
