// What a signature is about, and what a request claims of it, in a header or in the query.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html

/** What of a request its signature is about. */
export interface SignedRequest {
  readonly method: string;
  /** Decoded, with its leading slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
}

/** What a request says of its own signature, before anything of it is believed. */
export interface SignatureClaim {
  readonly kind: 'header' | 'presigned';
  readonly credential: string;
  readonly amzDate: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly payloadHash: string;
}
