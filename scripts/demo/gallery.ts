// The page that the demo saves: every photo with what was recorded of it and every rendition.

import { imageSection } from '../page/image-section.ts';
import { renderPage } from '../page/page.ts';
import type { UploadedPhoto } from './upload-photo.ts';

/** Paths in it are relative to where the renditions are. */
export function galleryPage(photos: readonly UploadedPhoto[]): string {
  const readyCount = photos.filter(({ image }) => image?.status === 'ready').length;
  const summary = `${readyCount} of ${photos.length} ready`;
  return renderPage({ title: 'Darkroom', summary, sections: photos.map(sectionOf) });
}

function sectionOf({ image, saved, error, ...photo }: UploadedPhoto) {
  return imageSection({
    ...photo,
    status: image?.status ?? 'not uploaded',
    problem: error ?? (image?.failure ? `${image.failure.code}: ${image.failure.message}` : undefined),
    metadata: image?.metadata,
    placeholder: image?.placeholder,
    perceptualHash: image?.perceptualHash,
    renditions: saved,
  });
}
