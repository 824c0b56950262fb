// What is there instead of an image that cannot be shown.

import { html, nothing } from 'lit';
import { sentenceOf } from '../patience.ts';
import { strings } from '../strings.ts';

/** `missing`: it is not here, and asking again does not help. */
export type Problem = 'missing' | Error;

export function problemTemplate(problem: Problem, onAgain: () => void, onBack: () => void) {
  const isMissing = problem === 'missing';
  return html`
    <div class="problem" role="alert">
      <p>${isMissing ? strings.image.missing : sentenceOf(problem)}</p>
      ${isMissing ? nothing : html`<button @click=${onAgain}>${strings.gallery.again}</button>`}
      <button @click=${onBack}>${strings.image.back}</button>
    </div>
  `;
}
