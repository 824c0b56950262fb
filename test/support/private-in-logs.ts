// What must never be in a log: whatever lets a reader be somebody else, or know where a picture was taken.

const kinds: Readonly<Record<string, RegExp>> = {
  'an access token': /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  'a bearer token': /Bearer\s+[\w-]{8,}/gi,
  'the signature of a URL': /x-amz-signature["'\s:=]+[0-9a-f]{64}/gi,
  'the signature of a request': /Signature=[0-9a-f]{64}/g,
  'the policy of a form': /policy["'\s:=]+eyJ[\w+/=-]{16,}/gi,
  'a cursor': /cursor["'\s:=]+[\w-]{16,}\.[\w-]{16,}/gi,
  'a place by its name': /latitude|longitude|GPSL|GPSAlt/gi,
};

/** What of a log is private, as kinds and excerpts; nothing where all is well. */
export function privateIn(log: string): string[] {
  return Object.entries(kinds).flatMap(([kind, pattern]) =>
    [...log.matchAll(pattern)].map(([found]) => `${kind}: ${found.slice(0, 40)}`),
  );
}
