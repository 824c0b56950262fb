// Numbers of bytes as people read them.

const units = ['KiB', 'MiB', 'GiB'] as const;

/** `1000 bytes`, `104857600 bytes (100 MiB)`. */
export function inBytes(bytes: number): string {
  let amount = bytes;
  let unit = '';
  for (const larger of units) {
    if (amount < 1024) break;
    amount /= 1024;
    unit = larger;
  }
  const exact = `${bytes} bytes`;
  return unit === '' ? exact : `${exact} (${Math.round(amount * 10) / 10} ${unit})`;
}
