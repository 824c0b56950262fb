// How buttons, fields and bars look, wherever they are. Components put it before their own styles.

import { css } from 'lit';

export const controls = css`
  :where(h2, h3, p, dl, dd, ul, figure) { margin: 0; }
  :where(ul) { padding: 0; list-style: none; }
  :where(a) { color: inherit; text-underline-offset: 0.2em; }
  :where(button, .button, select) {
    display: inline-flex; align-items: center; justify-content: center; gap: 0.5rem; min-height: 2.75rem; padding: 0 1rem;
    box-sizing: border-box; border: 1px solid var(--darkroom-line, ButtonBorder); border-radius: 0.5rem; background: transparent;
    color: var(--darkroom-text, ButtonText); font: inherit; font-size: 0.9375rem; font-weight: 500; text-decoration: none;
    white-space: nowrap; cursor: pointer; transition: background-color 120ms, border-color 120ms;
  }
  :where(button, .button):hover { background: var(--darkroom-hover, rgb(128 128 128 / 0.12)); }
  :where(button):is(:disabled, [aria-disabled='true']) { opacity: 0.5; cursor: default; }
  .primary { border-color: transparent; background: var(--darkroom-text, ButtonText); color: var(--darkroom-background, ButtonFace); }
  .primary:hover { background: color-mix(in oklab, var(--darkroom-text, ButtonText) 85%, var(--darkroom-background, ButtonFace)); }
  .danger { border-color: var(--darkroom-bad, currentColor); color: var(--darkroom-bad, inherit); }
  .quiet { border-color: transparent; color: var(--darkroom-muted, GrayText); }
  .icon { min-width: 2.75rem; padding: 0; }
  select { background: var(--darkroom-surface, Field); }
  :where(button, .button, select, a, summary, input):focus-visible,
  .button:focus-within { outline: 2px solid var(--darkroom-accent, Highlight); outline-offset: 2px; }
  .muted { color: var(--darkroom-muted, GrayText); font-size: 0.875rem; }
  .good { color: var(--darkroom-good, inherit); }
  .bad { color: var(--darkroom-bad, inherit); }
  .mono { font-family: ui-monospace, monospace; font-size: 0.875em; overflow-wrap: anywhere; }
  .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  progress {
    appearance: none; display: block; width: 100%; height: 4px; border: 0; border-radius: 2px; overflow: hidden;
    background: var(--darkroom-line, #ccc);
  }
  progress::-webkit-progress-bar { background: var(--darkroom-line, #ccc); }
  progress::-webkit-progress-value { background: var(--darkroom-accent, Highlight); transition: width 150ms; }
  progress::-moz-progress-bar { background: var(--darkroom-accent, Highlight); }
  @media (prefers-reduced-motion: reduce) { *, ::before, ::after { transition: none !important; animation: none !important; } }
`;
