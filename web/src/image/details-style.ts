// How the details of an image look.

import { css } from 'lit';

export const detailsStyle = css`
  :host { display: block; box-sizing: border-box; padding: 1.25rem clamp(1rem, 2vw, 1.5rem) 2.5rem; }
  header { display: grid; gap: 0.125rem; }
  h2 { font-size: 1.125rem; font-weight: 600; letter-spacing: -0.01em; line-height: 1.3; overflow-wrap: anywhere; }
  h3 { margin-block: 1.75rem 0.25rem; font-size: 0.9375rem; font-weight: 600; }
  .status { color: var(--darkroom-muted, GrayText); font-size: 0.875rem; }
  .status.ready { color: var(--darkroom-good, inherit); }
  .status.rejected, .status.failed { color: var(--darkroom-bad, inherit); }
  .failure { display: grid; gap: 0.5rem; margin-top: 1rem; padding: 1rem; border: 1px solid var(--darkroom-line, #ccc); border-radius: 0.5rem; background: var(--darkroom-surface, Canvas); font-size: 0.9375rem; }
  summary { display: flex; align-items: center; min-height: 2.75rem; color: var(--darkroom-muted, GrayText); font-size: 0.875rem; cursor: pointer; }
  summary::before { content: '›'; width: 1rem; transition: rotate 120ms; }
  [open] > summary::before { rotate: 90deg; }
  .failure summary { min-height: 1.5rem; }
  .actions { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 1rem; }
  .message { min-height: 1.5rem; margin-block: 0.5rem; }
  dl { display: grid; gap: 0.625rem; }
  dl > div { display: grid; grid-template-columns: 7.5rem minmax(0, 1fr); gap: 1rem; font-size: 0.875rem; line-height: 1.45; }
  dt { color: var(--darkroom-muted, GrayText); }
  dd { overflow-wrap: anywhere; }
  dd a { display: inline-block; padding-block: 0.625rem; margin-block: -0.375rem; }
  .swatch { display: inline-block; width: 1rem; height: 1rem; margin-inline-end: 0.5rem; border: 1px solid var(--darkroom-line, #ccc); border-radius: 4px; vertical-align: -0.1875rem; }
  .renditions li { display: flex; align-items: center; gap: 0.25rem; padding-block: 0.375rem; border-bottom: 1px solid var(--darkroom-line, #ccc); }
  .renditions li > span { display: grid; flex: 1; min-width: 0; }
  .variant { font-size: 0.9375rem; }
  .renditions .muted { font-size: 0.8125rem; font-variant-numeric: tabular-nums; }
  .whole { white-space: nowrap; }
  .snippet { margin-top: 0.5rem; }
  pre { max-height: 14rem; margin: 0 0 0.75rem; padding: 0.75rem; overflow: auto; border-radius: 0.5rem; background: var(--darkroom-hover, rgb(128 128 128 / 0.12)); font-size: 0.75rem; line-height: 1.5; }
  .snippet .muted { margin-top: 0.75rem; overflow-wrap: anywhere; }
  code { font-family: ui-monospace, monospace; }
  .deletion {
    box-sizing: border-box; width: min(26rem, calc(100vw - 2rem)); padding: 1.5rem; border: 1px solid var(--darkroom-line, #ccc); border-radius: 0.75rem;
    background: var(--darkroom-surface, Canvas); color: var(--darkroom-text, CanvasText); box-shadow: 0 1rem 4rem rgb(0 0 0 / 0.35);
  }
  .deletion::backdrop { background: rgb(0 0 0 / 0.55); }
  .deletion p { margin-top: 0.5rem; font-size: 0.9375rem; }
  .deletion .actions { justify-content: flex-end; margin-top: 1.5rem; }
`;
