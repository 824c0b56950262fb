// The page to look at: every photo with what was recorded of it and every rendition. Static, nothing loaded from elsewhere.

import { thumbHashToDataURL } from 'thumbhash';
import type { ImageMetadata, Placeholder } from '../../shared/domain/metadata.ts';
import type { DevelopedPhoto, SavedRendition } from './develop-photo.ts';
import { galleryStyle } from './gallery-style.ts';
import { html, Markup } from './html.ts';
import { formatBytes, formatCamera, formatDimensions } from './units.ts';

/** A whole HTML document; paths in it are relative to where the renditions are. */
export function galleryPage(photos: readonly DevelopedPhoto[]): string {
  const readyCount = photos.filter(({ image }) => image?.status === 'ready').length;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; img-src 'self' data: file:; style-src 'unsafe-inline'">
<title>Darkroom: ${readyCount} of ${photos.length} ready</title>
<style>${new Markup(galleryStyle)}</style>
</head>
<body>
<header><h1>Darkroom</h1><p>${readyCount} of ${photos.length} ready</p></header>
<main>${photos.map(photoSection)}</main>
</body>
</html>
`.text;
}

function photoSection({ name, bytes, image, saved, error, processingSeconds }: DevelopedPhoto): Markup {
  const status = image?.status ?? 'not uploaded';
  const problem = error ?? (image?.failure && `${image.failure.code}: ${image.failure.message}`);
  return html`
<section>
<h2>${name} <span class="status ${status}">${status}</span></h2>
${problem && html`<p class="problem">${problem}</p>`}
<dl>
${fact('Original', formatBytes(bytes))}
${image?.metadata && metadataFacts(image.metadata)}
${image?.perceptualHash && fact('Perceptual hash', image.perceptualHash)}
${processingSeconds !== undefined && fact('Processed in', `${processingSeconds.toFixed(2)} s`)}
</dl>
<div class="renditions">
${image?.placeholder && placeholderFigure(image.placeholder)}
${saved.map(renditionFigure)}
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

function fact(name: string, value: string | number | undefined): Markup | false {
  return value !== undefined && value !== '' && html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function placeholderFigure({ thumbHash, dominantColor }: Placeholder): Markup {
  const url = thumbHashToDataURL(Buffer.from(thumbHash, 'base64'));
  return html`
<figure>
<div class="picture"><img class="placeholder" src="${url}" alt="Placeholder"></div>
<figcaption><b>placeholder</b> <i class="swatch" style="background: ${dominantColor}"></i> ${dominantColor}</figcaption>
</figure>`;
}

function renditionFigure(rendition: SavedRendition): Markup {
  const { variant, format, bytes, file, width, height } = rendition;
  const path = file.split('/').map(encodeURIComponent).join('/');
  return html`
<figure>
<a class="picture" href="${path}"><img src="${path}" width="${width}" height="${height}" loading="lazy" alt="${variant}"></a>
<figcaption><b>${variant}</b> ${format} · ${formatDimensions(rendition)} · ${formatBytes(bytes)}</figcaption>
</figure>`;
}
