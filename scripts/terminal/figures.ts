// Figures as people read them: bytes, pixels, durations and money. Pure.

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** The two largest units of a duration: `2 h 5 min`. */
export function formatDuration(milliseconds: number): string {
  let seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts: string[] = [];
  for (const [unit, length] of units) {
    const amount = Math.floor(seconds / length);
    seconds -= amount * length;
    if (amount > 0) parts.push(`${amount} ${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || '0 s';
}

/** US dollars, to the cent where that says something. */
export function formatDollars(dollars: number): string {
  return dollars > 0 && dollars < 0.01 ? 'less than $0.01' : `$${dollars.toFixed(2)}`;
}

/** `950 B`, `12.3 kB`, `4.2 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_950) return `${(bytes / 1e3).toFixed(1)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** `4032×3024`. */
export function formatDimensions({ width, height }: { width: number; height: number }): string {
  return `${width}×${height}`;
}
