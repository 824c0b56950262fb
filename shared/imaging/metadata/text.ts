// Text from a stranger's file, made fit to store and show: no control characters, no reordering, no endless length.

/** C0 and C1 controls, and the marks that turn the direction of text around. */
const unwanted = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** Trimmed and at most `maxLength` characters; undefined when nothing is left. */
export function cleanText(text: unknown, maxLength = 200): string | undefined {
  if (typeof text !== 'string') return undefined;
  const [beforeNul = ''] = text.slice(0, maxLength * 8).split('\0');
  const clean = beforeNul.replaceAll(unwanted, ' ').replaceAll(/\s+/g, ' ').trim();
  const cut = [...clean].slice(0, maxLength).join('').trim();
  return cut === '' ? undefined : cut;
}

/** Each cleaned, empty ones and repetitions dropped, at most 100. */
export function cleanTexts(texts: readonly unknown[], maxLength = 200): string[] {
  const clean = texts
    .slice(0, 1000)
    .map((text) => cleanText(text, maxLength))
    .filter((text) => text !== undefined);
  return [...new Set(clean)].slice(0, 100);
}
