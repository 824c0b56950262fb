// Breaks text into lines. Pure.

/** Lines of at most so many columns, broken between words where there are any. */
export function wrap(text: string, columns: number): string {
  return text.replaceAll(new RegExp(`(.{1,${columns}})(?:\\s+|$)|(.{${columns}})`, 'g'), '$1$2\n').trim();
}
