// ICC profiles made for tests: matrix and curve profiles of the color spaces that cameras and editors use (ICC.1:2001-04).

const fixed = (value: number) => Math.round(value * 65536);

interface Primaries {
  readonly r: readonly [number, number, number];
  readonly g: readonly [number, number, number];
  readonly b: readonly [number, number, number];
}

/** Columns of the RGB to XYZ matrix, adapted to D50. */
const adobeRgb: Primaries = {
  r: [0.60974, 0.31111, 0.01947],
  g: [0.20528, 0.62567, 0.06087],
  b: [0.14919, 0.06322, 0.74457],
};
const displayP3: Primaries = {
  r: [0.51512, 0.2412, -0.00105],
  g: [0.29198, 0.69225, 0.04189],
  b: [0.1571, 0.06657, 0.78407],
};
const proPhoto: Primaries = {
  r: [0.7976749, 0.2880402, 0],
  g: [0.1351917, 0.7118741, 0],
  b: [0.0313534, 0.0000857, 0.82521],
};

export const profiles = {
  'Adobe RGB': rgbProfile('Adobe RGB', adobeRgb, 2.2),
  'Display P3': rgbProfile('Display P3', displayP3, 2.2),
  'ProPhoto RGB': rgbProfile('ProPhoto RGB', proPhoto, 1.8),
  'gray, gamma 1.8': grayProfile('gray, gamma 1.8', 1.8),
} as const;

function rgbProfile(name: string, { r, g, b }: Primaries, gamma: number): Buffer {
  const curve = curveTag(gamma);
  const tags = { rXYZ: xyzTag(r), gXYZ: xyzTag(g), bXYZ: xyzTag(b), rTRC: curve, gTRC: curve, bTRC: curve };
  return profile(name, 'RGB ', tags);
}

function grayProfile(name: string, gamma: number): Buffer {
  return profile(name, 'GRAY', { kTRC: curveTag(gamma) });
}

function profile(name: string, space: 'RGB ' | 'GRAY', specific: Record<string, Buffer>): Buffer {
  const tags = {
    desc: descriptionTag(name),
    wtpt: xyzTag([0.9642, 1, 0.8249]),
    cprt: textTag('CC0'),
    ...specific,
  };
  const entries = Object.entries(tags);
  const table = Buffer.alloc(4 + entries.length * 12);
  table.writeUInt32BE(entries.length);
  let offset = 128 + table.length;
  entries.forEach(([signature, body], index) => {
    table.write(signature, 4 + index * 12, 'latin1');
    table.writeUInt32BE(offset, 8 + index * 12);
    table.writeUInt32BE(body.length, 12 + index * 12);
    offset += body.length;
  });
  const header = Buffer.alloc(128);
  header.writeUInt32BE(offset, 0);
  header.writeUInt32BE(0x02400000, 8);
  header.write(`mntr${space}XYZ `, 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  [0.9642, 1, 0.8249].forEach((value, axis) => {
    header.writeInt32BE(fixed(value), 68 + axis * 4);
  });
  return Buffer.concat([header, table, ...entries.map(([, body]) => body)]);
}

function xyzTag(values: readonly number[]): Buffer {
  const tag = Buffer.alloc(20);
  tag.write('XYZ ', 'latin1');
  values.forEach((value, axis) => {
    tag.writeInt32BE(fixed(value), 8 + axis * 4);
  });
  return tag;
}

function curveTag(gamma: number): Buffer {
  const tag = Buffer.alloc(16);
  tag.write('curv', 'latin1');
  tag.writeUInt32BE(1, 8);
  tag.writeUInt16BE(Math.round(gamma * 256), 12);
  return tag;
}

function textTag(text: string): Buffer {
  return padded(Buffer.from(`text\0\0\0\0${text}\0`, 'latin1'));
}

function descriptionTag(name: string): Buffer {
  const tag = Buffer.alloc(12 + name.length + 1 + 78);
  tag.write('desc', 'latin1');
  tag.writeUInt32BE(name.length + 1, 8);
  tag.write(name, 12, 'latin1');
  return padded(tag);
}

function padded(tag: Buffer): Buffer {
  return Buffer.concat([tag, Buffer.alloc((4 - (tag.length % 4)) % 4)]);
}
