// Takes down what functions ask of AWS, through the clients that they make.
import { type Permission, permissionsFor, permissionsForMissing } from './permissions.ts';

export interface Recorded extends Permission {
  /** The function, by its key in serverless.yml. */
  readonly by: string;
}

/** The part of every SDK client that calls can be watched through. */
interface WatchableClient {
  // biome-ignore lint/suspicious/noExplicitAny: the stacks of different clients share no type
  readonly middlewareStack: { add(middleware: any, options: any): void };
}

type Next = (args: { readonly input: object }) => Promise<unknown>;

export class Recorder {
  readonly calls: Recorded[] = [];
  /** Who makes the clients that are made now. */
  maker = 'the test';
  /** Commands of which the next one fails. */
  readonly failing = new Set<string>();

  watch<Client extends WatchableClient>(client: Client): Client {
    const by = this.maker;
    const middleware =
      (next: Next, { commandName = '' }: { commandName?: string }) =>
      async (args: { readonly input: object }) => {
        this.record(by, permissionsFor(commandName, args.input));
        if (this.failing.delete(commandName))
          throw Object.assign(new Error('slow down'), { $metadata: { httpStatusCode: 503 } });
        // The laptop has no caches to take anything out of.
        if (commandName === 'CreateInvalidationCommand') return { output: { $metadata: {} }, response: {} };
        return next(args).catch((error: Error) => {
          if (/NotFound|NoSuchKey/.test(error.name)) this.record(by, permissionsForMissing(args.input));
          throw error;
        });
      };
    client.middlewareStack.add(middleware, { step: 'initialize', name: 'take down' });
    return client;
  }

  record(by: string, permissions: readonly Permission[]): void {
    this.calls.push(...permissions.map((permission) => ({ by, ...permission })));
  }
}
