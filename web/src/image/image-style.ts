// How one image looks: the picture on a dark ground in both themes, and the details beside it, or below it on a phone.

import { css } from 'lit';

export const imageStyle = css`
  dialog {
    position: fixed; inset: 0; box-sizing: border-box; width: 100%; max-width: none; height: 100%; max-height: none; margin: 0; padding: 0;
    border: 0; background: var(--darkroom-background, Canvas); color: var(--darkroom-text, CanvasText); overscroll-behavior: contain;
  }
  dialog[open] { display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr) minmax(20rem, 26rem); }
  .stage {
    direction: ltr; position: relative; display: grid; place-items: center; grid-area: 1 / 1; box-sizing: border-box; overflow: hidden;
    container-type: size; background: #111110; color: #eceae6; touch-action: pan-y pinch-zoom;
  }
  .stage.zoomed { overflow: auto; place-items: safe center; }
  .stage.zoomed, .stage.pinched { touch-action: auto; }
  .frame {
    position: relative; display: block; aspect-ratio: var(--ratio); width: min(100cqw, 100cqh * var(--ratio), var(--largest));
    min-height: 0; padding: 0; border: 0; border-radius: 0; overflow: hidden; cursor: zoom-in;
  }
  .frame:focus-visible { outline-offset: -4px; outline-color: #f0a27c; }
  .zoomed .frame { width: max(200cqw, min(var(--largest), 300cqw)); cursor: zoom-out; }
  .frame canvas, .frame img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: cover; }
  .frame img { opacity: 0; transition: opacity 200ms; }
  .frame img.loaded { opacity: 1; }
  .no-picture, .problem { padding: 2rem; color: #b8b4ad; text-align: center; text-wrap: balance; }
  .problem { display: grid; justify-items: center; gap: 1rem; }
  .problem button { border-color: #55524d; color: #eceae6; }
  .close, .step {
    z-index: 1; grid-area: 1 / 1; margin: 0.75rem; border: 0; border-radius: 50%; background: rgb(38 37 35 / 0.8); color: #fff;
    font-size: 1rem; line-height: 1;
  }
  .step { align-self: center; padding-bottom: 0.25rem; font-size: 1.75rem; font-weight: 400; }
  .close:hover, .step:hover { background: rgb(60 58 55 / 0.95); }
  .close:focus-visible, .step:focus-visible { outline-color: #f0a27c; }
  .close { align-self: start; justify-self: left; }
  .previous { justify-self: left; }
  .next { justify-self: right; }
  .step[aria-disabled='true'] { visibility: hidden; }
  darkroom-image-details { grid-area: 1 / 2; overflow: auto; overscroll-behavior: contain; border-inline-start: 1px solid var(--darkroom-line, #ccc); }
  dialog:not(:has(darkroom-image-details)) { grid-template-columns: minmax(0, 1fr); }
  @media (max-width: 60rem) {
    dialog[open] { grid-template: min(62svh, 100vw) auto / minmax(0, 1fr); overflow: auto; }
    dialog[open]:not(:has(darkroom-image-details)) { grid-template-rows: minmax(0, 1fr); }
    darkroom-image-details { grid-area: 2 / 1; overflow: visible; border: 0; }
    .close { position: sticky; top: 0.75rem; }
  }
`;
