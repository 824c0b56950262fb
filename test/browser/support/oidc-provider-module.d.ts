// What the tests use of a package that brings no types.
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  interface Destroyable {
    destroy(): Promise<void>;
  }

  class Provider {
    constructor(issuer: string, configuration: object);
    readonly Grant: new (of: {
      accountId: string;
      clientId: string;
    }) => {
      addOIDCScope(scope: string): void;
      addResourceScope(resource: string, scope: string): void;
      save(): Promise<string>;
    };
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    on(event: 'refresh_token.saved', hear: (token: Destroyable) => void): void;
    on(event: 'grant.success', hear: (context: { oidc: { params: { grant_type: string } } }) => void): void;
    on(
      event: 'revocation_endpoint.error' | 'server_error' | 'authorization.error' | 'grant.error',
      hear: (context: unknown, error: Error) => void,
    ): void;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
  }

  export = Provider;
}
