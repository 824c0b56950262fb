// How files of each format begin: what can be told of bytes without reading them.

import type { OutputFormat } from '../../domain/formats.ts';

/** Texts (Latin-1) at their places. */
type Signature = Readonly<Record<number, string>>;

const outputs: Readonly<Record<OutputFormat, Signature>> = {
  webp: { 0: 'RIFF', 8: 'WEBP' },
  jpeg: { 0: '\xff\xd8\xff' },
  avif: { 4: 'ftypavif' },
  png: { 0: '\x89PNG\r\n\x1a\n' },
};

/** What decoders of one file format each read: JPEG, PNG, WebP, GIF, TIFF. */
const plain: readonly Signature[] = [
  outputs.jpeg,
  outputs.png,
  outputs.webp,
  ...['GIF8', 'II*\0', 'MM\0*', 'II+\0', 'MM\0+'].map((text) => ({ 0: text })),
];

export function hasSignature(body: Buffer, format: OutputFormat): boolean {
  return begins(body, outputs[format]);
}

/** SVG, HEIC, AVIF and what is nothing known: containers and languages, of which a process reads no second one. */
export function isRisky(original: Uint8Array): boolean {
  return !plain.some((signature) => begins(original, signature));
}

function begins(bytes: Uint8Array, signature: Signature): boolean {
  return Object.entries(signature).every(([at, text]) => {
    const from = Number(at);
    return Buffer.from(bytes.subarray(from, from + text.length)).toString('latin1') === text;
  });
}
