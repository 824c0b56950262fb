// Builds and parses every object key. Keys are deterministic: the same unit of work always writes the same objects.

import { createHash } from 'node:crypto';
import { encodingOf, type OutputFormat, outputFormat } from './formats.ts';
import type { Variant } from './variants.ts';

const originalsPrefix = 'originals/';
const issuedImageId = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const derivedImageId = /^obj-[0-9a-f]{32}$/;

/** The key of an upload that was asked for through the API. */
export function originalKey(imageId: string): string {
  return `${originalsPrefix}${imageId}`;
}

/** Whether the ID is one that an upload URL is issued with. */
export function isIssued(imageId: string): boolean {
  return issuedImageId.test(imageId);
}

/** Whether an image can have this ID. */
export function isImageId(text: string): boolean {
  return issuedImageId.test(text) || derivedImageId.test(text);
}

/**
 * The image that an object is. Objects that the API did not issue a URL for (an existing bucket, a direct put) have an
 * ID derived from their address, so that the same object is always the same image.
 * @param ownBucket the stage's own: in no other bucket does a key stand for an issued ID
 */
export function imageIdOf(bucket: string, key: string, ownBucket: string): string {
  const isOwn = bucket === ownBucket && key.startsWith(originalsPrefix);
  const name = isOwn ? key.slice(originalsPrefix.length) : '';
  return isIssued(name) ? name : `obj-${digest(`${bucket}/${key}`, 32)}`;
}

/** What all renditions of an image, and nothing else, begin with. */
export function renditionsPrefix(imageId: string): string {
  return `renditions/${imageId}/`;
}

/**
 * The key of one rendition. It carries a hash of the variant's specification, of how the format is encoded and of the
 * original's sequencer: whatever would change the bytes changes the key, so a rendition can be cached for ever.
 */
export function renditionKey(
  imageId: string,
  sequencer: string,
  variant: Variant,
  format: OutputFormat,
): string {
  const { name, width, height, fit, crop = 'center' } = variant;
  const identity = [name, width, height, fit, crop, encodingOf(format), sequencer];
  const revision = digest(JSON.stringify(identity), 10);
  return `${renditionsPrefix(imageId)}${name}-${revision}.${outputFormat(format).extension}`;
}

/** Every key that one unit of renditions work writes. */
export function renditionKeys(imageId: string, sequencer: string, variants: readonly Variant[]): string[] {
  return variants.flatMap((variant) =>
    variant.formats.map((format) => renditionKey(imageId, sequencer, variant, format)),
  );
}

function digest(text: string, hexDigits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, hexDigits);
}
