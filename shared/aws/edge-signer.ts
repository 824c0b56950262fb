// Signs what CloudFront serves to nobody else: one signature for all renditions of an image.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html

import { createPrivateKey } from 'node:crypto';
import { getSignedCookies } from '@aws-sdk/cloudfront-signer';
import { urlExpirySeconds } from './url-signer.ts';

export interface EdgeKey {
  readonly url: string;
  readonly keyId: string;
  /** PKCS #8 in base64. */
  readonly privateKey: string;
}

/** @returns the query that opens everything whose path begins with `folder`, for an hour from `signedAt` on */
export function signAtTheEdge({ url, keyId, privateKey }: EdgeKey) {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  const pem = key.export({ type: 'pkcs8', format: 'pem' });
  return (folder: string, signedAt: Date): string => {
    const until = Math.floor(signedAt.getTime() / 1000) + urlExpirySeconds;
    const statement = {
      Resource: `${url}/${folder}*`,
      Condition: { DateLessThan: { 'AWS:EpochTime': until } },
    };
    // A cookie has the same parts as a URL, and unlike that of a URL, its policy can be signed once.
    const signed = getSignedCookies({
      policy: JSON.stringify({ Statement: [statement] }),
      keyPairId: keyId,
      privateKey: pem,
    });
    return `?Policy=${signed['CloudFront-Policy']}&Signature=${signed['CloudFront-Signature']}&Key-Pair-Id=${keyId}`;
  };
}
