// The section of one image: what is known of it, its placeholder and its renditions.

import { thumbHashToDataURL } from 'thumbhash';
import type { ImageMetadata, Placeholder } from '../../shared/domain/metadata.ts';
import { formatCamera } from '../terminal/camera.ts';
import { formatBytes, formatDimensions } from '../terminal/figures.ts';
import { html, type Markup } from './html.ts';

export interface ImageSection {
  readonly name: string;
  readonly bytes: number;
  /** `ready` is green, anything else red. */
  readonly status: string;
  readonly problem?: string | undefined;
  readonly metadata?: ImageMetadata | null | undefined;
  readonly placeholder?: Placeholder | null | undefined;
  readonly perceptualHash?: string | null | undefined;
  readonly processingSeconds?: number | undefined;
  readonly renditions: readonly ShownRendition[];
}

interface ShownRendition {
  readonly variant: string;
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** Relative to the page. */
  readonly file: string;
}

export function imageSection(image: ImageSection): Markup {
  const { name, bytes, status, problem, metadata, placeholder, processingSeconds: seconds } = image;
  return html`
<section>
<h2>${name} <span class="status ${status}">${status}</span></h2>
${problem && html`<p class="problem">${problem}</p>`}
<dl>
${fact('Original', formatBytes(bytes))}
${metadata && metadataFacts(metadata)}
${fact('Perceptual hash', image.perceptualHash)}
${fact('Processed in', seconds && `${seconds.toFixed(2)} s`)}
</dl>
<div class="renditions">
${placeholder && placeholderFigure(placeholder)}
${image.renditions.map(renditionFigure)}
</div>
</section>`;
}

function metadataFacts(metadata: ImageMetadata): Markup {
  const { format, orientation, colorSpace, iccProfile, capturedAt, camera, location, frames } = metadata;
  return html`
${fact('Format', format)}
${fact('Displayed', formatDimensions(metadata))}
${orientation !== 1 && fact('Orientation', orientation)}
${frames > 1 && fact('Frames', frames)}
${fact('Camera', formatCamera(camera))}
${fact('Lens', camera?.lens)}
${fact('Captured', capturedAt)}
${fact('Location', location && `${location.latitude.toFixed(5)}, ${location.longitude.toFixed(5)}`)}
${fact('Color', [colorSpace, iccProfile].filter(Boolean).join(', '))}`;
}

function fact(name: string, value: string | number | null | undefined): Markup | false {
  return (
    value !== undefined &&
    value !== null &&
    value !== '' &&
    html`<div><dt>${name}</dt><dd>${value}</dd></div>`
  );
}

function placeholderFigure({ thumbHash, dominantColor }: Placeholder): Markup {
  const url = thumbHashToDataURL(Buffer.from(thumbHash, 'base64'));
  return html`
<figure>
<div class="picture"><img class="placeholder" src="${url}" alt="Placeholder"></div>
<figcaption><b>placeholder</b> <i class="swatch" style="background: ${dominantColor}"></i> ${dominantColor}</figcaption>
</figure>`;
}

function renditionFigure({ variant, format, bytes, width, height, file }: ShownRendition): Markup {
  const path = file.split('/').map(encodeURIComponent).join('/');
  return html`
<figure>
<a class="picture" href="${path}"><img src="${path}" width="${width}" height="${height}" loading="lazy" alt="${variant}"></a>
<figcaption><b>${variant}</b> ${format} · ${formatDimensions({ width, height })} · ${formatBytes(bytes)}</figcaption>
</figure>`;
}
