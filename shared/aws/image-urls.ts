// Where an image's owner fetches it from: the original from its bucket, renditions from the distribution where there is one.

import type { S3Client } from '@aws-sdk/client-s3';
import type { SignImageUrls } from '../api/ports.ts';
import { signAtTheEdge } from './edge-signer.ts';
import { createUrlSigner } from './url-signer.ts';

export interface DeliveryConfig {
  readonly RENDITIONS_BUCKET: string;
  /** Of the distribution, without a slash at its end; empty where there is none. */
  readonly DELIVERY_URL: string;
  /** Empty where renditions are public. */
  readonly DELIVERY_KEY_ID: string;
  /** PKCS #8 in base64. */
  readonly DELIVERY_PRIVATE_KEY: string;
}

export function createImageUrls(client: S3Client, config: DeliveryConfig): SignImageUrls {
  const { RENDITIONS_BUCKET, DELIVERY_URL: url, DELIVERY_KEY_ID: keyId, DELIVERY_PRIVATE_KEY: key } = config;
  const preSign = createUrlSigner(client, RENDITIONS_BUCKET);
  if (url === '') return preSign;
  const sign = keyId === '' ? () => '' : signAtTheEdge({ url, keyId, privateKey: key });
  return async ({ original, renditions = [] }, signedAt) => {
    const queries = new Map<string, string>();
    const queryOf = (folder: string) => {
      const query = queries.get(folder) ?? sign(folder, signedAt);
      queries.set(folder, query);
      return query;
    };
    return {
      ...(await preSign({ ...(original && { original }) }, signedAt)),
      renditions: new Map(
        renditions.map(({ key }) => [key, `${url}/${key}${queryOf(key.slice(0, key.lastIndexOf('/') + 1))}`]),
      ),
    };
  };
}
