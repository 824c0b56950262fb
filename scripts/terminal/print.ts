// Writes to stdout what a tool has to say.

/** One line, or several. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** One JSON document. */
export function printJson(document: unknown): void {
  print(JSON.stringify(document, undefined, 2));
}
