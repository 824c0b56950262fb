// The laptop's issuer of tokens, in place of the template's Cognito user pool: its discovery document and its keys.
// https://openid.net/specs/openid-connect-discovery-1_0.html
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaptopCloudError } from '../laptop-cloud-error.ts';
import type { Provisioned } from '../provision/provisioner.ts';
import type { Template } from '../template/types.ts';
import { algorithm, type SigningKey } from './signing-key.ts';

/** Who issues tokens, for which client, and what they may do. */
export interface Issuer {
  readonly url: string;
  readonly clientId: string;
  /** All that the template's resource servers define. */
  readonly scopes: readonly string[];
}

const issuersPath = '/identity/';

/** Where the issuer that stands for a user pool is found. @param api the endpoint of the laptop's API */
export function issuerUrl(api: string, userPool: string): string {
  return `${api}${issuersPath}${userPool}`;
}

/** The issuer that a template brings; undefined when it names one outside, or none. */
export function issuerOf(
  { Resources }: Template,
  resources: Readonly<Record<string, Provisioned>>,
): Issuer | undefined {
  const ofType = (type: string) =>
    Object.keys(Resources).filter((logicalId) => Resources[logicalId]?.Type === `AWS::Cognito::${type}`);
  const [pool = ''] = ofType('UserPool');
  const [client = ''] = ofType('UserPoolClient');
  const url = resources[pool]?.attributes['ProviderURL'];
  const clientId = resources[client]?.ref;
  if (url === undefined || clientId === undefined) return undefined;
  const scopes = ofType('UserPoolResourceServer').flatMap((server) => {
    const { Identifier, Scopes = [] } = (Resources[server]?.Properties ?? {}) as {
      Identifier?: string;
      Scopes?: { ScopeName: string }[];
    };
    return Scopes.map(({ ScopeName }) => `${Identifier}/${ScopeName}`);
  });
  return { url, clientId, scopes };
}

/** Notes the issuer in the data folder, where tools that make tokens find it. */
export function keepIssuer(dataDir: string, issuer: Issuer): void {
  writeFileSync(issuerFile(dataDir), JSON.stringify(issuer), { mode: 0o600 });
}

/** @throws {LaptopCloudError} when no cloud with an issuer was ever started there */
export function readIssuer(dataDir: string): Issuer {
  const file = issuerFile(dataDir);
  if (!existsSync(file)) {
    throw new LaptopCloudError(
      `There is no issuer of tokens in ${file}: start the laptop cloud once, or name its data folder.`,
    );
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Issuer;
}

/** What the issuer publishes under a path of the API; undefined for any other path. */
export function issuerDocument(path: string, { url }: Issuer, { publicJwk }: SigningKey): object | undefined {
  const own = new URL(url).pathname;
  if (path === `${own}/.well-known/jwks.json`) return { keys: [publicJwk] };
  if (path !== `${own}/.well-known/openid-configuration`) return undefined;
  return {
    issuer: url,
    jwks_uri: `${url}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: [algorithm],
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
  };
}

function issuerFile(dataDir: string): string {
  return join(dataDir, 'identity.json');
}
