// A key pair as CloudFront wants it: RSA of 2048 bits, the public half as PEM.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html
import { createHash, generateKeyPairSync } from 'node:crypto';
import type { PublicKey } from './key-file.ts';

export interface KeyPair extends PublicKey {
  /** PKCS #8 in base64: one line, which a function's environment has room for. */
  readonly privateKey: string;
}

export function makeKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const bytes = publicKey.export({ type: 'spki', format: 'der' });
  return {
    id: createHash('sha256').update(bytes).digest('hex').slice(0, 8),
    publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  };
}
