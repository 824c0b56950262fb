// What the page has to know of where it is served, from `/page/config.json`: where its API is, and how people sign in.

import { strings } from '../strings.ts';

/** Where people sign in: an OpenID provider, and this page's client there. */
export interface Issuer {
  readonly issuer: string;
  readonly clientId: string;
  /** Separated by spaces, `openid` among them. */
  readonly scope: string;
}

export interface Config {
  readonly api: string;
  /** `laptop`: whoever sits there is signed in. */
  readonly signIn: 'laptop' | Issuer;
  /** Whether there is an operator's view. */
  readonly operations: boolean;
}

const knownNames = ['api', 'signIn', 'operations'];
const issuerNames = ['issuer', 'clientId', 'scope'];

/** @throws {Error} with a sentence for people */
export async function readConfig(): Promise<Config> {
  let value: unknown;
  try {
    const answer = await fetch('/page/config.json');
    if (!answer.ok) throw new Error(String(answer.status));
    value = await answer.json();
  } catch (cause) {
    throw new Error(strings.session.noConfig, { cause });
  }
  return checked(value);
}

/** @throws {Error} with a sentence that says what is wrong */
export function checked(value: unknown): Config {
  const { api, signIn, operations = false } = object(value, 'config.json', knownNames);
  if (typeof operations !== 'boolean') throw wrong('operations');
  return {
    api: url(api, 'api').replace(/\/$/, ''),
    signIn: signIn === 'laptop' ? signIn : issuer(object(signIn, 'signIn', issuerNames)),
    operations,
  };
}

function issuer({ issuer, clientId, scope }: Readonly<Record<string, unknown>>): Issuer {
  if (!isText(clientId)) throw wrong('signIn.clientId');
  if (!isText(scope) || !scope.split(' ').includes('openid')) throw wrong('signIn.scope');
  return { issuer: url(issuer, 'signIn.issuer'), clientId, scope };
}

function object(value: unknown, name: string, known: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(name);
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw wrong(unknown);
  return value as Readonly<Record<string, unknown>>;
}

/** Tokens go there: nothing but TLS, or this machine itself. */
function url(value: unknown, name: string): string {
  const parsed = isText(value) && URL.canParse(value) ? new URL(value) : undefined;
  const isLocal = parsed?.hostname === '127.0.0.1' || parsed?.hostname === 'localhost';
  if (parsed?.protocol !== 'https:' && !(parsed?.protocol === 'http:' && isLocal)) throw wrong(name);
  return String(value);
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const wrong = (name: string) => new Error(strings.session.wrongConfig(name));
