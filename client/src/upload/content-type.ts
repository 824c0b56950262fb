// The type that an upload is announced with. Browsers do not know all of them: HEIC has none in most.

const typeOfExtension: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  svg: 'image/svg+xml',
  heic: 'image/heic',
  heif: 'image/heif',
};

/** What the file says of itself, or what its name tells. The API refuses what is no type of an image. */
export function contentTypeOf(type: string, fileName: string | undefined): string {
  const extension = fileName?.split('.').pop()?.toLowerCase() ?? '';
  return type || typeOfExtension[extension] || 'application/octet-stream';
}
