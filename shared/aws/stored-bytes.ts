// Hex digits and UUIDs as the bytes that they are, which an item pays half for. A text that is neither stays what it is.

export type Stored = Uint8Array | string;

const hexDigits = /^([0-9a-f]{2})*$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function storeHex(text: string): Stored {
  return hexDigits.test(text) ? Uint8Array.from(Buffer.from(text, 'hex')) : text;
}

export function readHex(stored: Stored): string {
  return typeof stored === 'string' ? stored : Buffer.from(stored).toString('hex');
}

export function storeUuid(text: string): Stored {
  return uuid.test(text) ? storeHex(text.replaceAll('-', '')) : text;
}

export function readUuid(stored: Stored): string {
  if (typeof stored === 'string') return stored;
  return readHex(stored).replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
