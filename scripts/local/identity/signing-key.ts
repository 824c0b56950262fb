// The key that the laptop's issuer signs tokens with: made at the first start, kept in the data folder for its owner alone.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { LaptopCloudError } from '../laptop-cloud-error.ts';

/** What API Gateway verifies: RSA alone. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
export const algorithm = 'RS256';

export interface SigningKey {
  readonly privateJwk: JWK;
  /** As the issuer publishes it. */
  readonly publicJwk: JWK;
}

/** The folder's key, made when it has none. */
export async function keepSigningKey(dataDir: string): Promise<SigningKey> {
  const file = keyFile(dataDir);
  if (!existsSync(file)) {
    const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), alg: algorithm, use: 'sig', kid: crypto.randomUUID() };
    // Renamed into its place, so that nobody ever reads half of it.
    writeFileSync(`${file}.new`, JSON.stringify(jwk), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return readSigningKey(dataDir);
}

/** @throws {LaptopCloudError} when the folder has none */
export function readSigningKey(dataDir: string): SigningKey {
  const file = keyFile(dataDir);
  if (!existsSync(file)) {
    throw new LaptopCloudError(
      `There is no signing key in ${file}: start the laptop cloud once, or name its data folder.`,
    );
  }
  const privateJwk = JSON.parse(readFileSync(file, 'utf8')) as JWK;
  const { kty, n, e, alg, use, kid } = privateJwk;
  return { privateJwk, publicJwk: { kty, n, e, alg, use, kid } as JWK };
}

function keyFile(dataDir: string): string {
  return join(dataDir, 'identity-key.json');
}
