// Secrets Manager as far as deployments need it: secrets that somebody made, and those that a template refers to.

import type { Reply } from './buckets.ts';

export class Secrets {
  readonly #values = new Map<string, string>();

  /** @returns whether it was free */
  make(region: string, name: string, value = ''): boolean {
    const address = `${region} ${name}`;
    if (this.#values.has(address)) return false;
    this.#values.set(address, value);
    return true;
  }

  delete(region: string, name: string): void {
    this.#values.delete(`${region} ${name}`);
  }

  /** What the text refers to, and is not there. */
  missing(region: string, text: string): string | undefined {
    const named = [...text.matchAll(/\{\{resolve:secretsmanager:([^}]+)\}\}/g)].map(([, name = '']) => name);
    return named.find((name) => !this.#values.has(`${region} ${name}`));
  }

  /** In the JSON protocol. @param action as `CreateSecret` */
  answer(action: string, region: string, body: Buffer): Reply {
    if (action !== 'CreateSecret') return refused('InvalidRequestException', `${action} is not known here`);
    const { Name, SecretString } = JSON.parse(body.toString()) as { Name: string; SecretString: string };
    if (!this.make(region, Name, SecretString)) return refused('ResourceExistsException', `${Name} exists`);
    return { status: 200, body: JSON.stringify({ Name }) };
  }
}

function refused(type: string, message: string): Reply {
  return { status: 400, body: JSON.stringify({ __type: type, message }) };
}
