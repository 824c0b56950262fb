// Text from a stranger's file, made fit to store and show: no control characters, no reordering, no endless length.

/** C0 and C1 controls, what turns the direction of text around, byte order marks, and annotations that are not shown. */
const unwanted = /[\p{Cc}\p{Bidi_Control}\u206a-\u206f\ufeff\ufff9-\ufffb]+/gu;

/** Trimmed and at most `maxLength` characters; undefined when nothing is left. */
export function cleanText(text: unknown, maxLength = 200): string | undefined {
  if (typeof text !== 'string') return undefined;
  const [beforeNul = ''] = text.slice(0, maxLength * 8).split('\0', 1);
  const clean = beforeNul.toWellFormed().replaceAll(unwanted, ' ').replaceAll(/\s+/g, ' ').trim();
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

/**
 * Many writers leave the character set out and write UTF-8; what is no UTF-8 is Latin-1.
 * @param isCutOff true where the last character may not be all there
 */
export function decodedText(bytes: Buffer, isCutOff = false): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCutOff });
  } catch {
    return bytes.toString('latin1');
  }
}
