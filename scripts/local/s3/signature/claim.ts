// What a signed request claims, whichever way it carries its signature: in a header or in the query.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html

/** What a request says of its own signature, before anything of it is believed. */
export interface SignatureClaim {
  readonly kind: 'header' | 'presigned';
  readonly credential: string;
  readonly amzDate: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly payloadHash: string;
}
