// Makes access tokens as the template's user pool would: for whoever can read the data folder's signing key.
import { importJWK, SignJWT } from 'jose';
import { readIssuer } from './issuer.ts';
import { algorithm, readSigningKey } from './signing-key.ts';

/**
 * An access token of the laptop's issuer.
 * @param dataDir of the running laptop cloud
 * @param subject who it says that its bearer is
 * @throws {LaptopCloudError} when no laptop cloud was started with this folder
 */
export async function makeToken(dataDir: string, subject: string, lifeSeconds: number): Promise<string> {
  const { url, clientId, scopes } = readIssuer(dataDir);
  const { privateJwk } = readSigningKey(dataDir);
  return new SignJWT({ client_id: clientId, token_use: 'access', scope: scopes.join(' ') })
    .setProtectedHeader({ alg: algorithm, kid: privateJwk.kid ?? '' })
    .setIssuer(url)
    .setSubject(subject)
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${lifeSeconds} s`)
    .sign(await importJWK(privateJwk, algorithm));
}
