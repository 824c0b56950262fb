// Pictures inside an SVG's `data:` URLs, decoded as any original is and written anew: the drawing's decoder, which knows
// neither limits nor profiles nor orientation, sees nothing of a stranger's but plain PNG.

import { PermanentFailure } from '../../../domain/errors.ts';
import { displayOf } from '../../inspect/display.ts';
import { BufferHeaderReader } from '../../inspect/header-reader.ts';
import { type InspectedFile, inspect } from '../../inspect/inspect.ts';
import { enforceLimits, type ImagingLimits } from '../../inspect/limits.ts';
import { pictureUrl } from '../../inspect/svg/safe.ts';
import type { SvgElement } from '../../inspect/svg/tree.ts';
import { fromPixels, type Pixels } from '../pixels.ts';

export interface EmbeddedPicture {
  readonly url: string;
  readonly pixels: number;
}

/** Decodes one picture at its full size. @throws {PermanentFailure} */
export type DecodePicture = (bytes: Buffer, file: InspectedFile) => Promise<Pixels>;

const maxPictures = 100;

/**
 * @returns the pictures by their URLs in the file
 * @throws {PermanentFailure} naming the embedded picture, when one is damaged or of no accepted kind, or all are too much
 */
export async function embeddedPictures(
  root: SvgElement,
  limits: ImagingLimits,
  decodePicture: DecodePicture,
): Promise<Map<string, EmbeddedPicture>> {
  const urls = new Set(pictureUrls(root));
  if (urls.size > maxPictures)
    throw new PermanentFailure('too-expensive', `an SVG that embeds ${urls.size} pictures`);
  const found: { url: string; bytes: Buffer; file: InspectedFile }[] = [];
  let pixels = 0;
  for (const url of urls) {
    const bytes = bytesOf(url);
    const file = await inspectPicture(bytes, limits);
    pixels += file.stored.width * file.stored.height;
    if (pixels > limits.maxSvgEmbeddedPixels) {
      throw new PermanentFailure(
        'too-many-pixels',
        `an SVG that embeds pictures of more than ${limits.maxSvgEmbeddedPixels} pixels`,
      );
    }
    found.push({ url, bytes, file });
  }
  const pictures = new Map<string, EmbeddedPicture>();
  for (const { url, bytes, file } of found) {
    const decoded = await decodePicture(bytes, file).catch(refuse);
    const png = await fromPixels(decoded).png({ compressionLevel: 1 }).toBuffer();
    pictures.set(url, {
      url: `data:image/png;base64,${png.toString('base64')}`,
      pixels: decoded.width * decoded.height,
    });
  }
  return pictures;
}

function* pictureUrls(element: SvgElement): Generator<string> {
  const url = pictureUrl(element);
  if (url !== undefined) yield url;
  for (const child of element.children) {
    if (typeof child !== 'string') yield* pictureUrls(child);
  }
}

async function inspectPicture(bytes: Buffer, limits: ImagingLimits): Promise<InspectedFile> {
  try {
    const file = await inspect(new BufferHeaderReader(bytes));
    if (file.format === 'svg') throw new PermanentFailure('unsupported-format', 'an SVG within an SVG');
    enforceLimits(file, limits);
    return file;
  } catch (error) {
    throw refuse(error);
  }
}

function refuse(error: unknown): never {
  if (!(error instanceof PermanentFailure)) throw error;
  throw new PermanentFailure(error.code, `a picture embedded in an SVG: ${error.message}`, { cause: error });
}

/** https://www.rfc-editor.org/rfc/rfc2397 */
function bytesOf(url: string): Buffer {
  const comma = url.indexOf(',');
  const data = url.slice(comma + 1);
  if (/;\s*base64\s*$/i.test(url.slice(0, Math.max(0, comma))))
    return Buffer.from(percentDecoded(data), 'base64');
  return Buffer.from(percentDecoded(data), 'latin1');
}

function percentDecoded(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** How a picture is to be decoded: upright, and as large as it is. */
export function wholePicture(file: InspectedFile) {
  const { displayed, orientation } = displayOf(file);
  return { orientation, reduced: displayed, isAnimated: false } as const;
}
