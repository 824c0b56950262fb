// The one HTTP server in front of all engines: each request to its service's engine, once it is allowed there.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Credentials } from '../credentials.ts';
import type { Authority } from '../s3/signature/authorize.ts';
import { Signer } from '../s3/signature/signer.ts';
import { type ActionService, actions, isActionService } from './actions.ts';
import { CallRefusal, sendRefusal } from './call-refusal.ts';
import type { Engine } from './engine.ts';
import { startLoopbackServer } from './loopback-server.ts';
import { serviceOf } from './route.ts';
import { verifyCall } from './service-call.ts';

/** S3 answers for itself: it is public in part, by signed URLs and CORS. */
export type Engines = Readonly<Partial<Record<'s3' | ActionService, Pick<Engine, 'handle'>>>>;

export interface FrontServer {
  readonly endpoint: string;
  /** Opens the door: until then requests wait. @param credentials what calls must be signed with */
  serve(engines: Engines, credentials: Credentials): void;
  close(): Promise<void>;
}

/**
 * Takes the port.
 *
 * @param port 0 for any free one
 * @throws {SettingError} when the port is taken
 */
export async function startFrontServer(port: number, region: string): Promise<FrontServer> {
  const server = await startLoopbackServer(port, 'awsPort');
  return {
    endpoint: server.endpoint,
    serve: (engines, credentials) => {
      const authorities = authoritiesOf(credentials, region);
      server.serve((request, response) => answer(request, response, engines, authorities));
    },
    close: server.close,
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  engines: Engines,
  authorities: Readonly<Record<ActionService, Authority>>,
): Promise<void> {
  const service = serviceOf(request);
  try {
    if (service === 's3' && engines.s3) return await engines.s3.handle(request, response);
    const engine = isActionService(service) ? engines[service] : undefined;
    if (engine === undefined || !isActionService(service)) {
      throw new CallRefusal('NotImplemented', 501, `The laptop cloud has no service "${service}"`);
    }
    await engine.handle(await verifyCall(request, response, service, authorities[service]), response);
  } catch (error) {
    if (!(error instanceof CallRefusal)) throw error;
    request.resume();
    sendRefusal(response, service, error);
  }
}

function authoritiesOf(credentials: Credentials, region: string): Record<ActionService, Authority> {
  const clock = () => new Date();
  const entries = Object.keys(actions).map((service) => [
    service,
    { service, credentials, region, clock, signer: new Signer(credentials, region, service) },
  ]);
  return Object.fromEntries(entries);
}
