// What the brands at the start of an ISO base media file say: which codec a picture of the HEIF family is coded in, and
// whether it is a film of pictures. https://nokiatech.github.io/heif/technical.html

const codecs: ReadonlyMap<string, 'avif' | 'heic'> = new Map([
  ['avif', 'avif'],
  ...['heic', 'heix', 'heim', 'heis'].map((brand) => [brand, 'heic'] as const),
]);

/** Films of pictures, told by their major brand: no decoder here plays them, and their still picture need not be one of theirs. */
const sequences: ReadonlyMap<string, string> = new Map([
  ['avis', 'an animated AVIF'],
  ...['hevc', 'hevx', 'hevm', 'hevs'].map((brand) => [brand, 'an animated HEIC'] as const),
]);

/** Brands that say nothing of the codec. */
const neutralBrands = ['mif1', 'msf1'];

/** The major brand decides; behind a neutral one the first compatible brand that says which codec. */
export function codecOf(start: Buffer): 'avif' | 'heic' | undefined {
  if (!isBoxed(start)) return undefined;
  const length = Math.min(start.readUInt32BE(0), start.length, 256);
  const major = majorBrand(start);
  const compatible = (start.toString('latin1', 16, Math.max(16, length)).match(/.{4}/gs) ?? []) as string[];
  const brands = neutralBrands.includes(major) ? compatible : [major];
  return brands.map((brand) => codecs.get(brand)).find((codec) => codec !== undefined);
}

/** What a film of pictures is called; undefined when the file begins as none. */
export function sequenceName(start: Buffer): string | undefined {
  return isBoxed(start) ? sequences.get(majorBrand(start)) : undefined;
}

function isBoxed(start: Buffer): boolean {
  return start.toString('latin1', 4, 8) === 'ftyp';
}

function majorBrand(start: Buffer): string {
  return start.toString('latin1', 8, 12);
}
