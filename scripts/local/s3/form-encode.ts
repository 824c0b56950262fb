// Keys as S3 writes them in events and, on request, in listings: form-encoded, with their slashes.

/** `+` for a space, slashes as they are. */
export function formEncode(key: string): string {
  return encodeURIComponent(key)
    .replace(/%2F/g, '/')
    .replace(/%20/g, '+')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
