// The serverless plugin of the laptop cloud: starts it before serverless-offline, hands every function its
// environment, polls the queues once functions can be invoked, and stops it all on Ctrl-C.
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { type LaptopCloud, startLaptopCloud } from './cloud.ts';
import { invokeAt } from './event-source-mapping/invoke.ts';
import { capInstances, surviveCrashes } from './instances.ts';
import { LaptopCloudError, SettingError } from './laptop-cloud-error.ts';
import { silenceFramework } from './quiet.ts';
import { loopbackHost, probePort, readSettings, type Settings, variableNames } from './settings.ts';
import { compileService, type Osls } from './template/compile.ts';

export default class LaptopCloudPlugin {
  readonly hooks = {
    'before:offline:start:init': () => this.#orExit(() => this.#start()),
    'after:offline:start:init': () => this.#orExit(() => this.#announce()),
    'before:offline:start:end': () => this.#cloud?.close(),
  };

  readonly #osls: Osls;
  #settings: Settings | undefined;
  #cloud: LaptopCloud | undefined;
  #invokeEndpoint = '';
  #restoreOutput = () => {};

  constructor(osls: Osls) {
    this.#osls = osls;
  }

  async #start(): Promise<void> {
    const settings = readSettings(this.#osls.service.service);
    this.#settings = settings;
    const lambdaPort = await this.#takePorts(settings);
    const service = await compileService(this.#osls);
    forgetRealAccount(settings);
    const apiUrl = `http://${loopbackHost}:${settings.apiPort}`;
    this.#cloud = await startLaptopCloud({
      service,
      dataDir: settings.dataDir,
      awsPort: settings.awsPort,
      ...(settings.remote && { remote: settings.remote }),
      known: { HttpApi: { ref: 'local', attributes: { ApiEndpoint: apiUrl } } },
    });
    for (const { key } of service.functions) {
      const definition = this.#osls.service.functions[key];
      if (definition) definition.environment = this.#cloud.environmentOf(key);
    }
    // Each function has them by now, and serverless-offline would print the intrinsics as text.
    this.#osls.service.provider.environment = {};
    await capInstances(availableParallelism());
    surviveCrashes(say);
    this.#invokeEndpoint = `http://${loopbackHost}:${lambdaPort}`;
    this.#restoreOutput = silenceFramework();
  }

  async #takePorts({ apiPort }: Settings): Promise<number> {
    await probePort(apiPort, 'apiPort');
    const lambdaPort = await probePort();
    const { custom = {} } = this.#osls.service;
    this.#osls.service.custom = {
      ...custom,
      'serverless-offline': {
        // A cold start is what a person waits for: keep idle functions for ten minutes, as Lambda does.
        terminateIdleLambdaTime: 600,
        ...(custom['serverless-offline'] as object | undefined),
        host: loopbackHost,
        httpPort: apiPort,
        lambdaPort,
      },
    };
    return lambdaPort;
  }

  async #announce(): Promise<void> {
    this.#restoreOutput();
    const cloud = this.#cloud;
    if (!cloud || !this.#settings) return;
    const { apiPort, dataDir, remote } = this.#settings;
    const { region, credentials } = cloud;
    cloud.pollQueues(invokeAt({ endpoint: this.#invokeEndpoint, region, credentials }), say);
    const inside = relative('', dataDir);
    const place = remote ? '' : ` · data in ${inside.startsWith('..') ? dataDir : inside || '.'}`;
    process.stdout.write(
      `${titleOf(this.#osls.service.service)} is ready: API http://${loopbackHost}:${apiPort} · AWS endpoint ${cloud.endpoint}${place} · Ctrl-C stops it\n`,
    );
  }

  // The engines that had started are closed by then; the exit frees what serverless-offline has open.
  async #orExit(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof LaptopCloudError)) throw error;
      const names = variableNames(this.#osls.service.service);
      say(error instanceof SettingError ? error.messageFor(names[error.setting]) : error.message);
      process.exit(1);
    }
  }
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
