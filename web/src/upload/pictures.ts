// What may be a picture, by its name or by what the browser says of it: bytes decide later, and elsewhere.

const pictureName = /^[^.].*\.(jpe?g|png|webp|avif|heic|heif|gif|tiff?|svg)$/i;

/** Of a file of a folder: hidden files are none. */
export const hasPictureName = (name: string) => pictureName.test(name);

/** A file that a browser knows to be something else, or knows nothing of, and whose name says nothing, is none. */
export const mayBePicture = ({ name, type }: File) => type.startsWith('image/') || pictureName.test(name);
