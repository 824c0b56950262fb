// The files that chaos uploads: small pictures of every common format, and files that are broken in common ways.
import sharp from 'sharp';

export interface ChaosFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly isCorrupt: boolean;
}

const width = 480;
const height = 320;

/** Noise over a gradient: compresses like a photo, and is the same in every run. */
function pixels(seed: number): Buffer {
  const raw = Buffer.alloc(width * height * 3);
  let state = seed;
  for (let offset = 0; offset < raw.length; offset += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    raw[offset] = (offset / raw.length) * 200 + (state >>> 24) / 4;
  }
  return raw;
}

/** All of them. */
export async function makeFiles(): Promise<ChaosFile[]> {
  const picture = (seed: number) => sharp(pixels(seed), { raw: { width, height, channels: 3 } });
  const jpeg = await picture(1).jpeg().toBuffer();
  const progressive = await picture(2).jpeg({ progressive: true }).toBuffer();
  const png = await picture(3).png().toBuffer();
  const webp = await picture(4).webp().toBuffer();
  const gif = await picture(5).gif().toBuffer();
  const rotated = await picture(6).jpeg().withMetadata({ orientation: 6 }).toBuffer();
  const good = (name: string, contentType: string, bytes: Uint8Array) => ({
    name,
    contentType,
    bytes,
    isCorrupt: false,
  });
  const corrupt = (name: string, contentType: string, bytes: Uint8Array) => ({
    name,
    contentType,
    bytes,
    isCorrupt: true,
  });
  return [
    good('baseline.jpg', 'image/jpeg', jpeg),
    good('progressive.jpg', 'image/jpeg', progressive),
    good('rotated.jpg', 'image/jpeg', rotated),
    good('picture.png', 'image/png', png),
    good('picture.webp', 'image/webp', webp),
    good('picture.gif', 'image/gif', gif),
    corrupt('cut-off.jpg', 'image/jpeg', jpeg.subarray(0, jpeg.length / 2)),
    corrupt('cut-off.png', 'image/png', png.subarray(0, png.length / 2)),
    corrupt('text.jpg', 'image/jpeg', Buffer.from('This is not a picture. '.repeat(50))),
    corrupt('zeros.webp', 'image/webp', Buffer.alloc(2000)),
  ];
}
