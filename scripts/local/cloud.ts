// The laptop cloud as a library: engines, resources from the template, and who polls the queues.
// The serverless plugin and the integration tests both start it here.
import { type AwsClients, createClients } from './aws-clients.ts';
import type { Credentials } from './credentials.ts';
import { type EmbeddedEngines, startEngines } from './engines/engines.ts';
import { closeMappings } from './event-source-mapping/close-mappings.ts';
import {
  type EventSourceMapping,
  type Invoke,
  startEventSourceMapping,
} from './event-source-mapping/mapping.ts';
import { LaptopCloudError } from './laptop-cloud-error.ts';
import { type ProvisionedStack, provisionStack } from './provision/provision-stack.ts';
import type { Provisioned } from './provision/provisioner.ts';
import { compileProject } from './template/compile.ts';
import { resolveDynamicReferences } from './template/dynamic-references.ts';
import { resolveValue } from './template/intrinsics.ts';
import type { CompiledService } from './template/types.ts';

export interface LaptopCloudOptions {
  /** Absolute path; made when absent. */
  readonly dataDir: string;
  /** 0 for any free port. */
  readonly awsPort: number;
  /** The project's own serverless.yml, compiled, when absent. */
  readonly service?: CompiledService;
  /** Provision this endpoint instead of embedded engines. */
  readonly remote?: { readonly endpoint: string; readonly credentials: Credentials };
  /** Told, by a line, of what went wrong inside an engine; stderr when absent. */
  readonly warn?: (line: string) => void;
  /** Where the API answers; absent where none does. */
  readonly api?: string;
  /** Resources that exist outside, by logical id, as the API and its URL. */
  readonly known?: Record<string, Provisioned>;
}

export interface LaptopCloud {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
  /** What an SDK or a tool must find in its environment to call this. */
  readonly environment: Readonly<Record<string, string>>;
  readonly service: CompiledService;
  readonly clients: AwsClients;
  /** By logical id: `ref` (bucket name, queue URL, topic ARN, table name) and `attributes` (`Arn` and more). */
  readonly resources: ProvisionedStack['resources'];
  /** What the template's references stand for. */
  readonly scope: ProvisionedStack['scope'];
  /** What `Ref` gives for a logical id. @throws {LaptopCloudError} when there is no such resource. */
  ref(logicalId: string): string;
  /** Everything a function finds in its environment. @param key as below `functions:` in serverless.yml. */
  environmentOf(key: string): Record<string, string>;
  /** Starts polling every event source mapping of the template. */
  pollQueues(invoke: Invoke, report: (line: string) => void): void;
  /** Stops polling, lets invocations finish for up to five seconds, frees the port. */
  close(): Promise<void>;
}

const graceMs = 5000;

/**
 * Starts engines and provisions the template's resources; whatever started is closed again on failure.
 *
 * @throws {LaptopCloudError} for a taken port, a data folder in use, or a template the laptop cannot run.
 */
export async function startLaptopCloud(options: LaptopCloudOptions): Promise<LaptopCloud> {
  const service = options.service ?? (await compileProject());
  const { region } = service;
  const { warn = (line) => process.stderr.write(`${line}\n`) } = options;
  const engines = options.remote
    ? undefined
    : await startEngines({ dataDir: options.dataDir, port: options.awsPort, region, warn });
  const { endpoint, credentials } = options.remote ?? (engines as EmbeddedEngines);
  const clients = createClients({ endpoint, region, credentials });
  const mappings: EventSourceMapping[] = [];
  const close = async () => {
    const closed = closeMappings(mappings, () => engines?.endLongPolls());
    await Promise.race([closed, new Promise((fulfil) => setTimeout(fulfil, graceMs).unref())]);
    for (const client of Object.values(clients)) client.destroy();
    await engines?.close();
  };
  try {
    const { dataDir, api = 'http://localhost' } = options;
    const context = { clients, region, stackName: service.stackName, dataDir, api };
    const stack = await provisionStack(service, context, options.known);
    const environment = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    };
    // Metrics are log lines for CloudWatch: here nobody would read them.
    const aws = { ...environment, POWERTOOLS_METRICS_DISABLED: 'true' };
    return {
      endpoint,
      region,
      credentials,
      environment,
      service,
      clients,
      resources: stack.resources,
      scope: stack.scope,
      ref: (logicalId) => refOf(logicalId, stack),
      environmentOf: (key) => ({ ...functionEnvironment(key, service, stack), ...aws }),
      pollQueues: (invoke, report) => {
        for (const mapping of stack.mappings) {
          const { functionName, queueUrl } = endsOf(mapping, service, stack);
          // Whoever had received them was a function of a process that is gone: only one at a time has the data folder.
          engines?.releaseMessages(queueUrl);
          mappings.push(
            startEventSourceMapping({ ...mapping, functionName, queueUrl, sqs: clients.sqs, invoke, report }),
          );
        }
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function refOf(logicalId: string, { resources }: ProvisionedStack): string {
  const resource = resources[logicalId];
  if (!resource) throw new LaptopCloudError(`The template has no resource ${logicalId}`);
  return resource.ref;
}

function functionEnvironment(
  key: string,
  service: CompiledService,
  { scope, resources }: ProvisionedStack,
): Record<string, string> {
  const found = service.functions.find((one) => one.key === key);
  if (!found) throw new LaptopCloudError(`serverless.yml has no function ${key}`);
  const secretOf = (arn: string) => Object.values(resources).find(({ ref }) => ref === arn)?.secret;
  const values = Object.entries(found.environment).flatMap(([name, given]) => {
    const path = `functions.${key}.environment.${name}`;
    const value = resolveValue(given, scope, path);
    if (value === undefined || value === null) return [];
    return [[name, resolveDynamicReferences(String(value), secretOf, path)] as const];
  });
  return Object.fromEntries(values);
}

function endsOf(
  { queueArn, functionArn, logicalId }: ProvisionedStack['mappings'][number],
  service: CompiledService,
  { resources }: ProvisionedStack,
) {
  const queue = Object.values(resources).find(({ attributes }) => attributes['Arn'] === queueArn);
  // With or without the name of an alias, or a version's number, after it.
  const [unqualified] = /^arn(:[^:]*){6}/.exec(functionArn) ?? [];
  const target = service.functions.find((one) => resources[one.logicalId]?.attributes['Arn'] === unqualified);
  if (!queue || !target)
    throw new LaptopCloudError(`${logicalId} joins a queue and a function that are not both here`);
  return { functionName: target.name, queueUrl: queue.ref };
}
