// An edge as CloudFront is one: lets through what a trusted key has signed, keeps what it has fetched by its path alone, and
// forgets what it is told to. Signatures are verified by the documented algorithm; no code is shared with what signs.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html

import { createPublicKey, createVerify } from 'node:crypto';

export interface EdgeAnswer {
  readonly status: number;
  readonly body: string;
  readonly isHit: boolean;
}

export interface LocalEdge {
  /** @param url as somebody was given it */
  get(url: string): Promise<EdgeAnswer>;
  /** @param path as in an invalidation: with a star at its end, all that begins with it */
  invalidate(path: string): void;
}

export interface EdgeOptions {
  /** PEM, by the ID of the key. */
  readonly trusted: ReadonlyMap<string, string>;
  readonly origin: (key: string) => Promise<{ readonly status: number; readonly body: string }>;
  readonly clock: () => Date;
}

interface Policy {
  readonly Statement: readonly [
    { readonly Resource: string; readonly Condition: { readonly DateLessThan: { 'AWS:EpochTime': number } } },
  ];
}

/** Base64 as it stands in URLs. */
const decoded = (text: string) =>
  Buffer.from(text.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'), 'base64');

export function createLocalEdge({ trusted, origin, clock }: EdgeOptions): LocalEdge {
  const kept = new Map<string, string>();
  const isSigned = (url: URL): boolean => {
    const [policy, signature, keyId] = ['Policy', 'Signature', 'Key-Pair-Id'].map(
      (name) => url.searchParams.get(name) ?? '',
    ) as [string, string, string];
    const key = trusted.get(keyId);
    if (key === undefined) return false;
    const text = decoded(policy);
    const verify = createVerify('RSA-SHA1').update(text);
    if (!verify.verify(createPublicKey(key), decoded(signature))) return false;
    const [{ Resource, Condition }] = (JSON.parse(text.toString()) as Policy).Statement;
    const pattern = Resource.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
    const isMeant = new RegExp(`^${pattern}$`).test(`${url.origin}${url.pathname}`);
    return isMeant && clock().getTime() / 1000 < Condition.DateLessThan['AWS:EpochTime'];
  };
  return {
    async get(address) {
      const url = new URL(address);
      if (trusted.size > 0 && !isSigned(url)) return { status: 403, body: '', isHit: false };
      const known = kept.get(url.pathname);
      if (known !== undefined) return { status: 200, body: known, isHit: true };
      const { status, body } = await origin(url.pathname.slice(1));
      if (status === 200) kept.set(url.pathname, body);
      return { status, body, isHit: false };
    },
    invalidate(path) {
      const begins = path.endsWith('*') ? path.slice(0, -1) : undefined;
      for (const known of kept.keys()) {
        if (known === path || (begins !== undefined && known.startsWith(begins))) kept.delete(known);
      }
    },
  };
}
