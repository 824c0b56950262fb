// EXIF blocks made for tests.

/** A little-endian EXIF block whose first directory has these entries of type SHORT. */
export function exifBlock(entries: readonly (readonly [tag: number, value: number])[]): Buffer {
  const block = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
  block.write('II*\0', 'latin1');
  block.writeUInt32LE(8, 4);
  block.writeUInt16LE(entries.length, 8);
  entries.forEach(([tag, value], index) => {
    const at = 10 + index * 12;
    block.writeUInt16LE(tag, at);
    block.writeUInt16LE(3, at + 2);
    block.writeUInt32LE(1, at + 4);
    block.writeUInt16LE(value, at + 8);
  });
  return block;
}

/** The JPEG with an EXIF segment that states an orientation, possible or not. */
export function exifWithOrientation(jpeg: Buffer, orientation: number): Buffer {
  return withSegment(
    jpeg,
    0xe1,
    Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifBlock([[274, orientation]])]),
  );
}

/** The JPEG with one more segment, right behind its start. */
export function withSegment(jpeg: Buffer, marker: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xff00 | marker);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}
