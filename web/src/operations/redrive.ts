// Asks before messages are sent back to work, and says afterwards what became of them.

import { css, html } from 'lit';
import { strings } from '../strings.ts';
import type { DeadLetterGroup, RedriveAnswer } from './answers.ts';

const words = strings.operations;

/** A dialog, to be shown as modal. @param answer told once, however it is left */
export function redriveDialog({ kind, messages }: DeadLetterGroup, answer: (isConfirmed: boolean) => void) {
  const closed = ({ target }: Event) => answer((target as HTMLDialogElement).returnValue === 'redrive');
  return html`
    <dialog aria-labelledby="question" @close=${closed}>
      <form method="dialog">
        <h2 id="question">${words.redriveTitle(messages)}</h2>
        <p>${words.redriveHints[kind]}</p>
        <div class="choice">
          <button value="">${words.cancel}</button>
          <button class="primary" value="redrive">${words.confirm}</button>
        </div>
      </form>
    </dialog>
  `;
}

/** In sentences. */
export function outcomeOf({ redriven, kept, vanished, held }: RedriveAnswer): string {
  const said = [
    redriven > 0 ? words.redriven(redriven) : '',
    kept > 0 ? words.kept(kept) : '',
    vanished > 0 ? words.vanished(vanished) : '',
    held > 0 ? words.held(held) : '',
  ];
  return said.filter(Boolean).join(' ') || words.nothingLeft;
}

export const redriveStyles = css`
  dialog {
    width: min(30rem, calc(100vw - 2rem)); box-sizing: border-box; padding: 1.5rem; border: 1px solid var(--darkroom-line, #ccc);
    border-radius: 0.75rem; background: var(--darkroom-surface, Canvas); color: var(--darkroom-text, CanvasText);
  }
  dialog::backdrop { background: rgb(0 0 0 / 0.5); }
  dialog form { display: grid; gap: 0.75rem; }
  .choice { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 0.75rem; margin-top: 0.5rem; }
`;
