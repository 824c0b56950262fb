// Photoshop image resources: the box in which JPEG and PNG carry IPTC.

const iptcResource = 0x0404;

/** The IIM datasets among Photoshop's image resources; undefined when there are none or they are broken. */
export function iptcOfPhotoshop(resources: Buffer): Buffer | undefined {
  let at = 0;
  while (at + 12 <= resources.length && resources.toString('latin1', at, at + 4) === '8BIM') {
    const id = resources.readUInt16BE(at + 4);
    const nameLength = 1 + resources.readUInt8(at + 6);
    const lengthAt = at + 6 + nameLength + (nameLength % 2);
    if (lengthAt + 4 > resources.length) return undefined;
    const length = resources.readUInt32BE(lengthAt);
    const body = resources.subarray(lengthAt + 4, lengthAt + 4 + length);
    if (id === iptcResource) return body;
    at = lengthAt + 4 + length + (length % 2);
  }
  return undefined;
}
