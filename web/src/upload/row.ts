// One upload in the list: what it is, how far it is, what a person can do with it.

import { html, nothing, type TemplateResult } from 'lit';
import { strings } from '../strings.ts';
import type { Failure } from './failure.ts';
import { icons } from './icons.ts';
import { isOver, type State, stateOf, type Upload } from './upload.ts';

export interface UploadActions {
  pause(uploads: readonly Upload[]): void;
  goOn(uploads: readonly Upload[]): void;
  remove(uploads: readonly Upload[]): void;
  choose(event: Event): void;
}

const words = strings.upload;

export function rowOf(upload: Upload, actions: UploadActions): TemplateResult {
  const { name, fraction, failure } = upload;
  const state = stateOf(upload);
  return html`
    <li class=${state} tabindex="-1" part=${`upload ${state}`}>
      ${thumbOf(upload, state)}
      <div class="what">
        <span class="name" part="name">${name}</span>
        ${failure ? explained(failure) : html`<span class="state">${sentenceOf(upload, state)}</span>`}
        ${isOver(upload) || state === 'file-needed' ? nothing : html`<progress part="progress" aria-label=${name} .value=${fraction}></progress>`}
      </div>
      <div class="buttons">${buttonsOf(upload, state, actions)}</div>
    </li>
  `;
}

function sentenceOf({ wait, sentBytes, bytes }: Upload, state: State): string {
  if (wait) {
    const reason = wait.code === 'quota-exceeded' ? 'no-room' : wait.reason;
    return words.waits[reason](Math.max(1, (wait.until - Date.now()) / 1000));
  }
  if (state === 'sending') return words.sending(sentBytes, bytes);
  return state === 'failed' ? '' : words.states[state];
}

/** The photo once there is one; until then its color, once that is known. */
function thumbOf({ image }: Upload, state: State): TemplateResult {
  const { url } = image?.renditions.find(({ variant }) => variant === 'thumb') ?? {};
  const sign = state === 'failed' ? icons.failed : state === 'ready' ? icons.ready : icons.photo;
  return html`
    <span class="thumb" part="thumb" .style=${`background-color: ${image?.placeholder?.dominantColor ?? ''}`}>
      ${url ? html`<img alt="" src=${url} width="44" height="44" decoding="async" />` : sign}
    </span>
  `;
}

function explained({ message, advice, code }: Failure): TemplateResult {
  return html`
    <span class="state">${message}</span>
    ${advice ? html`<span class="advice">${advice}</span>` : nothing}
    <details><summary>${words.code}</summary><code class="mono">${code}</code></details>
  `;
}

function buttonsOf(upload: Upload, state: State, actions: UploadActions) {
  const button = (action: 'pause' | 'goOn' | 'remove', word: string, sign: TemplateResult) => html`
    <button class=${`quiet icon ${action}`} part="button" title=${word} aria-label=${`${word}: ${upload.name}`} @click=${() => actions[action]([upload])}>
      ${sign}
    </button>
  `;
  const canPause = state === 'waiting' || state === 'hashing' || state === 'sending';
  const canRetry = upload.failure?.isWorthAnotherTry;
  return html`
    ${canPause ? button('pause', words.pause, icons.pause) : nothing}
    ${state === 'paused' ? button('goOn', words.goOn, icons.goOn) : nothing}
    ${canRetry ? button('goOn', words.retry, icons.retry) : nothing}
    ${
      state === 'file-needed'
        ? html`
            <label class="button" part="button">
              ${words.chooseAgain}
              <input type="file" multiple aria-label=${`${words.chooseAgain}: ${upload.name}`} @change=${actions.choose} />
            </label>
          `
        : nothing
    }
    ${button('remove', isOver(upload) ? words.dismiss : words.cancel, icons.remove)}
  `;
}
