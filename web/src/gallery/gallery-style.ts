// How the gallery looks.

import { css } from 'lit';

export const galleryStyle = css`
  :host { display: block; }
  .bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5rem 1rem; margin-bottom: 1rem; }
  h2 { font-size: 1.125rem; font-weight: 600; letter-spacing: -0.01em; }
  h2 .muted { margin-inline-start: 0.375rem; font-weight: 400; font-variant-numeric: tabular-nums; }
  fieldset { display: flex; min-width: 0; max-width: 100%; margin: 0; padding: 0; border: 0; overflow-x: auto; scrollbar-width: none; }
  fieldset label {
    position: relative; display: inline-flex; align-items: center; min-height: 2.75rem; padding-inline: 0.875rem;
    border-radius: 0.5rem; color: var(--darkroom-muted, GrayText); font-size: 0.9375rem; font-weight: 500; white-space: nowrap;
    cursor: pointer; transition: background-color 120ms, color 120ms;
  }
  fieldset label:hover { color: var(--darkroom-text, CanvasText); }
  fieldset label:has(:checked) { background: var(--darkroom-hover, rgb(128 128 128 / 0.12)); color: var(--darkroom-text, CanvasText); }
  fieldset label:has(:focus-visible) { outline: 2px solid var(--darkroom-accent, Highlight); outline-offset: -2px; }
  fieldset input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer; }
  @media (max-width: 30rem) { fieldset { padding-inline-end: 1.5rem; mask-image: linear-gradient(to right, #000 calc(100% - 2rem), transparent); } }
  .notice { display: grid; justify-items: center; gap: 1rem; padding-block: 3.5rem; color: var(--darkroom-muted, GrayText); text-align: center; text-wrap: balance; }
  .more { padding-block: 2rem; }
  .arrived { position: sticky; top: 0.75rem; z-index: 1; display: flex; justify-content: center; height: 0; }
  .arrived button { flex: none; border-radius: 2rem; box-shadow: 0 2px 12px rgb(0 0 0 / 0.25); }
  .photos { position: relative; contain: layout style; }
  .photo {
    position: absolute; top: 0; left: 0; overflow: hidden; contain: strict; border-radius: 4px;
    background: var(--darkroom-surface, Canvas);
  }
  .moving .photo { transition: transform 220ms ease-out; }
  a { position: absolute; inset: 0; color: inherit; text-decoration: none; border-radius: 4px; -webkit-touch-callout: none; }
  a:focus-visible { outline: 3px solid var(--darkroom-accent, Highlight); outline-offset: -3px; z-index: 1; }
  a:focus-visible::after {
    content: ''; position: absolute; inset: 0; border-radius: inherit; pointer-events: none;
    box-shadow: inset 0 0 0 3px var(--darkroom-accent, Highlight), inset 0 0 0 5px var(--darkroom-background, Canvas);
  }
  canvas, img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: cover; }
  img { opacity: 0; transition: opacity 200ms; }
  img.loaded { opacity: 1; }
  .caption {
    position: absolute; inset-inline: 0; inset-block-end: 0; padding: 1.75rem 0.75rem 0.625rem; overflow: hidden;
    background: linear-gradient(transparent, rgb(0 0 0 / 0.7)); color: #fff; font-size: 0.8125rem; line-height: 1.25;
    text-overflow: ellipsis; white-space: nowrap; opacity: 0; transition: opacity 120ms; pointer-events: none;
  }
  a:hover .caption, a:focus-visible .caption { opacity: 1; }
  .badge {
    position: absolute; inset-block-start: 0.5rem; inset-inline-start: 0.5rem; padding: 0.125rem 0.5rem; border-radius: 1rem;
    background: rgb(0 0 0 / 0.7); color: #fff; font-size: 0.75rem; font-weight: 500;
  }
  .text {
    position: absolute; inset: 0; box-sizing: border-box; display: flex; flex-direction: column; justify-content: flex-end; gap: 0.125rem;
    padding: 0.75rem; border: 1px solid var(--darkroom-line, #ccc); border-radius: 4px; font-size: 0.8125rem; line-height: 1.35;
  }
  .text .name { overflow: hidden; flex: none; color: var(--darkroom-text, CanvasText); font-weight: 500; text-overflow: ellipsis; white-space: nowrap; }
  .text .state { display: -webkit-box; overflow: hidden; color: var(--darkroom-muted, GrayText); -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow-wrap: anywhere; }
  .rejected .state, .failed .state { color: var(--darkroom-bad, inherit); }
  .processing::before {
    content: ''; position: absolute; inset: 0; z-index: 1; pointer-events: none;
    background: linear-gradient(100deg, transparent 30%, var(--darkroom-hover, rgb(128 128 128 / 0.12)) 50%, transparent 70%) 0 0 / 250% 100%;
    animation: develop 1.8s linear infinite;
  }
  @keyframes develop { from { background-position: 125% 0; } to { background-position: -25% 0; } }
`;
