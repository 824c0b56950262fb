// The serverless plugin of the laptop cloud: starts it before serverless-offline, hands every function its
// environment, polls the queues once functions can be invoked, and stops it all on Ctrl-C.
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import type { SQSEvent } from 'aws-lambda';
import { type ApiFront, startApiFront } from './api-front.ts';
import { type LaptopCloud, startLaptopCloud } from './cloud.ts';
import { withDefaultRoute } from './default-route.ts';
import { type FunctionLog, openFunctionLog } from './function-log.ts';
import { createGate, type Gate } from './identity/gate.ts';
import { issuerOf, keepIssuer } from './identity/issuer.ts';
import { routesOf } from './identity/routes.ts';
import { keepSigningKey } from './identity/signing-key.ts';
import { LaptopCloudError, SettingError } from './laptop-cloud-error.ts';
import { type PageOfService, withPageOfService } from './page/page-of-service.ts';
import { type ApiServer, hideApiServer } from './serverless-offline/api-server.ts';
import { type OfflineFunctions, takeFunctions } from './serverless-offline/functions.ts';
import { capInstances, surviveCrashes } from './serverless-offline/instances.ts';
import { silenceFramework } from './serverless-offline/quiet.ts';
import { loopbackHost, readSettings, type Settings, variableNames } from './settings.ts';
import { compileService, type Osls } from './template/compile.ts';
import { watchPackages } from './watch-packages.ts';

/** What has started, and what serverless-offline still has to start. */
interface Running {
  readonly settings: Settings;
  readonly cloud: LaptopCloud;
  readonly front: ApiFront;
  readonly gate: Gate;
  readonly api: ApiServer;
  readonly functions: OfflineFunctions;
  readonly log: FunctionLog;
  /** Ends when the functions that queues lead to are initialized: what is uploaded at once is worked on at once. */
  readonly polling: Promise<unknown>;
  readonly restoreOutput: () => void;
}

export default class LaptopCloudPlugin {
  readonly hooks = {
    'before:offline:start:init': () => this.#orExit(() => this.#start()),
    'after:offline:start:init': () => this.#orExit(() => this.#announce()),
    'before:offline:start:end': () => this.#close(),
  };

  readonly #osls: Osls;
  readonly #isVerbose: boolean;
  #running: Running | undefined;

  constructor(osls: Osls, { verbose = false }: { verbose?: boolean } = {}) {
    this.#osls = osls;
    this.#isVerbose = verbose;
  }

  async #start(): Promise<void> {
    const settings = readSettings(this.#osls.service.service);
    const service = await compileService(this.#osls);
    const front = await startApiFront(settings.apiPort, service.template);
    forgetRealAccount(settings);
    const cloud = await startLaptopCloud({
      service,
      dataDir: settings.dataDir,
      awsPort: settings.awsPort,
      api: front.endpoint,
      ...(settings.remote && { remote: settings.remote }),
      known: { HttpApi: { ref: 'local', attributes: { ApiEndpoint: front.endpoint } } },
    });
    const log = openFunctionLog(settings.dataDir);
    const functions = await takeFunctions(say);
    for (const { key } of service.functions) {
      const definition = this.#osls.service.functions[key];
      if (definition) definition.environment = functions.environment(cloud.environmentOf(key));
    }
    // Each function has them by now, and serverless-offline would print the intrinsics as text.
    this.#osls.service.provider.environment = {};
    const gate = await gateOf(cloud, settings);
    const api = hideApiServer();
    this.#setOptions(api);
    await capInstances(availableParallelism());
    surviveCrashes(say);
    const { polled, asked } = this.#functionsByUse();
    // A request can wait for its function.
    void functions.initialize(asked);
    this.#running = {
      ...{ settings, cloud, front, gate, api, functions, log },
      polling: Promise.all(polled.map((key) => functions.initialize([key]))),
      restoreOutput: silenceFramework(),
    };
  }

  #setOptions({ socketPath }: ApiServer): void {
    const { custom = {} } = this.#osls.service;
    this.#osls.service.custom = {
      ...custom,
      'serverless-offline': {
        // A cold start is what a person waits for: keep idle functions for ten minutes, as Lambda does.
        terminateIdleLambdaTime: 600,
        ...(custom['serverless-offline'] as object | undefined),
        host: loopbackHost,
        // It verifies no token: whoever gets so far has shown one at the gate.
        noAuth: true,
        // API Gateway hands on cookies of whatever form.
        disableCookieValidation: true,
        httpPort: socketPath,
      },
    };
  }

  async #announce(): Promise<void> {
    if (!this.#running) return;
    const { settings, cloud, front, gate, api, functions, log, polling, restoreOutput } = this.#running;
    const { invoke } = functions;
    await polling;
    restoreOutput();
    const routes = routesOf(cloud.service.template, cloud.scope);
    const handle = withDefaultRoute(cloud.service, routes, invoke, api.handle);
    const page = this.#osls.service.custom?.['page'] as PageOfService | undefined;
    front.serve(withPageOfService(page, settings, cloud, handle), gate);
    for (const stream of [process.stdout, process.stderr]) log.divert(stream, this.#isVerbose);
    cloud.pollQueues((functionName, event) => {
      noteReceives(log, functionName, event);
      return invoke(functionName, event);
    }, say);
    const inside = relative('', settings.dataDir);
    const folder = inside.startsWith('..') ? settings.dataDir : inside || '.';
    const place = settings.remote ? '' : ` · data and keys in ${folder}`;
    process.stdout.write(
      `${titleOf(this.#osls.service.service)} is ready: ${front.endpoint}\n` +
        `API ${front.endpoint} · AWS endpoint ${cloud.endpoint}${place} · Ctrl-C stops it\n`,
    );
    watchPackages(() => {
      say('The packages that this runs on were replaced, as npm ci does. Start it again.');
      void this.#close().finally(() => process.exit(1));
    });
  }

  /** Keys of the functions that queues lead to, and of the others. */
  #functionsByUse(): { readonly polled: string[]; readonly asked: string[] } {
    const all = Object.entries(this.#osls.service.functions);
    const { polled = [], asked = [] } = Object.groupBy(all, ([, { events = [] }]) =>
      events.some((event) => 'sqs' in event) ? 'polled' : 'asked',
    );
    const keysOf = (functions: typeof all) => functions.map(([key]) => key);
    return { polled: keysOf(polled), asked: keysOf(asked) };
  }

  async #close(): Promise<void> {
    await this.#running?.front.close();
    await this.#running?.cloud.close();
    this.#running?.log.close();
  }

  // The engines that had started are closed by then; the exit frees what else is open.
  async #orExit(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      say(messageOf(error as Error, this.#osls.service.service));
      process.exit(1);
    }
  }
}

/** One line that says what to do, or the stack of what only a defect throws. */
function messageOf(error: Error, service: string): string {
  if (error instanceof SettingError) return error.messageFor(variableNames(service)[error.setting]);
  return error instanceof LaptopCloudError ? error.message : (error.stack ?? error.message);
}

async function gateOf({ service, resources, scope }: LaptopCloud, { dataDir }: Settings): Promise<Gate> {
  const issuer = issuerOf(service.template, resources);
  if (issuer) keepIssuer(dataDir, issuer);
  return createGate(routesOf(service.template, scope), issuer, await keepSigningKey(dataDir));
}

/** Before the function runs: should it be killed, nothing else tells of the receive. */
function noteReceives(log: FunctionLog, functionName: string, { Records }: SQSEvent): void {
  for (const { messageId, attributes } of Records)
    log.add('message received', {
      ...{ functionName, messageId, attempt: Number(attributes.ApproximateReceiveCount) },
    });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

// A profile or session of a real account must not reach a function that runs against the embedded engines.
function forgetRealAccount({ remote }: Settings): void {
  if (remote) return;
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('AWS_')) delete process.env[name];
  }
}

function titleOf(service: string): string {
  return service.charAt(0).toUpperCase() + service.slice(1);
}
