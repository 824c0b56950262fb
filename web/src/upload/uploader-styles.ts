// How the uploader looks. Colors are the page's custom properties, or the system's where it has none.

import { css } from 'lit';

export const uploaderStyles = css`
  :host { display: grid; gap: 1.25rem; color: var(--darkroom-text, CanvasText); }
  :host([hidden]) { display: none; }
  .drop {
    display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 1.25rem 2rem;
    padding: clamp(1.25rem, 4vw, 2.5rem); border: 1px dashed var(--darkroom-line, #999); border-radius: 0.75rem;
    background: var(--darkroom-surface, Canvas);
  }
  .title { font-size: 1.25rem; font-weight: 600; letter-spacing: -0.01em; }
  .hint, .state, .advice, summary, .more { color: var(--darkroom-muted, GrayText); font-size: 0.875rem; }
  .actions { display: flex; flex-wrap: wrap; gap: 0.75rem; }
  @media (max-width: 30rem) {
    .actions { width: 100%; gap: 0.5rem; }
    .actions .button { flex: 1; padding-inline: 0.75rem; }
  }
  label { position: relative; }
  label input { position: absolute; inset: 0; opacity: 0; width: 100%; height: 100%; cursor: pointer; font-size: 0; }
  label input::file-selector-button { cursor: pointer; }
  @media (hover: hover) and (pointer: fine) { .camera { display: none; } }

  .anywhere {
    position: fixed; inset: 0; width: auto; height: auto; margin: 0.75rem; padding: 1rem; box-sizing: border-box;
    max-width: none; max-height: none;
    border: 2px dashed var(--darkroom-accent, Highlight); border-radius: 1rem; pointer-events: none;
    background: color-mix(in oklab, var(--darkroom-background, Canvas) 88%, transparent);
    color: var(--darkroom-text, CanvasText); font-size: 1.5rem; font-weight: 600; letter-spacing: -0.01em;
  }
  .anywhere:popover-open { display: grid; place-items: center; }

  .note { padding: 0.75rem 1rem; border-radius: 0.5rem; background: var(--darkroom-surface, Canvas); font-size: 0.9375rem; }
  .list { display: grid; gap: 0.75rem; }
  .total { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 1rem; min-height: 2.75rem; }
  .total p { flex: 1; min-width: 12rem; font-weight: 500; }
  .total .buttons { margin-inline-end: -0.5rem; }
  .total button { padding: 0 0.5rem; font-size: 0.875rem; }

  /* Rows keep their height, whatever state they are in: nothing below moves. */
  ul { max-height: min(22rem, 50vh); overflow: auto; scrollbar-width: thin; }
  li { position: relative; display: flex; align-items: center; gap: 0.25rem 0.75rem; padding: 0.5rem 0; }
  li + li { border-top: 1px solid color-mix(in oklab, var(--darkroom-line, #ccc) 60%, transparent); }
  .thumb {
    display: grid; place-items: center; flex: none; align-self: start; width: 2.75rem; height: 2.75rem; overflow: hidden;
    border-radius: 0.375rem; background: var(--darkroom-hover, rgb(128 128 128 / 0.12));
    color: var(--darkroom-muted, GrayText); transition: background-color 300ms;
  }
  .thumb img { width: 100%; height: 100%; object-fit: cover; animation: develop 400ms ease-out; }
  @keyframes develop { from { opacity: 0; filter: blur(6px) saturate(0.4); } }
  .failed .thumb { color: var(--darkroom-bad, inherit); }
  .what { display: grid; gap: 0.125rem; flex: 1; min-width: 0; align-content: center; }
  .what progress { position: absolute; inset-block: auto 0; inset-inline: 3.5rem 0; width: auto; height: 2px; }
  .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: 0.9375rem; }
  .state { font-variant-numeric: tabular-nums; }
  .ready .state { color: var(--darkroom-good, inherit); }
  .failed .state { color: var(--darkroom-bad, inherit); }
  .file-needed .state { color: var(--darkroom-text, inherit); }
  .paused progress::-webkit-progress-value { background: var(--darkroom-muted, GrayText); }
  .paused progress::-moz-progress-bar { background: var(--darkroom-muted, GrayText); }
  .buttons { display: flex; flex: none; align-items: center; }
  li .buttons { align-self: start; justify-content: flex-end; min-width: 5.5rem; }
  /* As high as a finger needs, without the room. */
  summary { display: inline-block; padding-block: 0.75rem; margin-block: -0.75rem; padding-inline-end: 1rem; cursor: pointer; text-decoration: underline dotted; text-underline-offset: 0.25em; }
  summary::marker { content: ''; }
  summary::-webkit-details-marker { display: none; }
  details code { display: block; padding-block: 0.25rem; }
`;
