// The picture behind a picture that is not loaded yet: a canvas, drawn from its ThumbHash.

import { noChange } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';
import { thumbHashToRGBA } from 'thumbhash';

class DrawThumbHash extends Directive {
  #drawn: string | undefined;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('A ThumbHash is drawn on a <canvas>.');
  }

  override render(_thumbHash: string) {
    return noChange;
  }

  override update(part: ElementPart, [thumbHash]: [string]) {
    if (thumbHash !== this.#drawn) draw(part.element as HTMLCanvasElement, thumbHash);
    this.#drawn = thumbHash;
    return noChange;
  }
}

/** For `<canvas ${drawThumbHash(base64)}>`; stylesheets say how large it is. */
export const drawThumbHash = directive(DrawThumbHash);

function draw(canvas: HTMLCanvasElement, thumbHash: string): void {
  const bytes = Uint8Array.from(atob(thumbHash), (letter) => letter.charCodeAt(0));
  const { w: width, h: height, rgba } = thumbHashToRGBA(bytes);
  Object.assign(canvas, { width, height });
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(rgba), width, height), 0, 0);
}
