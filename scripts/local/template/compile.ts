// Compiles the service's own serverless.yml to CloudFormation in process, without packaging anything.
// The only file that knows the insides of osls 4.3.1: look here first when that release changes.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { LaptopCloudError } from '../laptop-cloud-error.ts';
import type { CompiledService, Template, TemplateValue } from './types.ts';

interface OslsFunction {
  readonly name: string;
  readonly handler: string;
  readonly role?: string;
  readonly timeout?: number;
  readonly events?: readonly object[];
  environment?: { [variable: string]: TemplateValue };
  package?: { artifact?: string };
}

/** What is touched of an osls instance. */
export interface Osls {
  readonly service: {
    /** The name that serverless.yml gives it. */
    service: string;
    provider: {
      environment?: { [variable: string]: TemplateValue };
      timeout?: number;
      compiledCloudFormationTemplate: Template;
    };
    custom?: Record<string, unknown>;
    functions: Record<string, OslsFunction>;
    getAllFunctions(): string[];
    mergeArrays(): void;
    setFunctionNames(options: object): void;
    reloadServiceFileParam(): void;
  };
  readonly pluginManager: {
    hooks: Record<string, { hook: () => unknown }[]>;
    plugins: { constructor: { name: string }; mergeCustomProviderResources?: () => void }[];
  };
  getProvider(name: 'aws'): {
    getStage(): string;
    getRegion(): string;
    naming: { getStackName(): string; getLambdaLogicalId(key: string): string };
  };
}

// No step of these needs an artifact, an account or a folder to write into.
const compileSteps = ['package:initialize', 'package:setupProviderConfiguration', 'package:compileEvents'];
const defaultTimeoutSeconds = 6;

/**
 * Compiles the service of a loaded osls instance. About 15 ms.
 *
 * @param steps of the framework's own, by their hooks' names.
 */
export async function compileService(
  osls: Osls,
  steps: readonly string[] = compileSteps,
): Promise<CompiledService> {
  const { service, pluginManager } = osls;
  for (const step of steps) {
    for (const { hook } of pluginManager.hooks[step] ?? []) await hook();
  }
  const packager = pluginManager.plugins.find((plugin) => plugin.mergeCustomProviderResources);
  packager?.mergeCustomProviderResources?.();
  const aws = osls.getProvider('aws');
  const template = structuredClone(service.provider.compiledCloudFormationTemplate);
  // Where deployments put their zips; nothing of the service itself uses it.
  delete template.Resources['ServerlessDeploymentBucket'];
  return {
    stackName: aws.naming.getStackName(),
    stage: aws.getStage(),
    region: aws.getRegion(),
    template,
    functions: service.getAllFunctions().map((key) => {
      const { name, handler, role, timeout, environment } = service.functions[key] as OslsFunction;
      return {
        key,
        name,
        handler,
        ...(role !== undefined && { role }),
        logicalId: aws.naming.getLambdaLogicalId(key),
        timeoutSeconds: timeout ?? service.provider.timeout ?? defaultTimeoutSeconds,
        environment: { ...service.provider.environment, ...environment },
      };
    }),
  };
}

export interface ProjectOptions {
  /** Where serverless.yml is: the working directory, when absent. */
  readonly folder?: string;
  /** As `--stage` on the command line. */
  readonly stage?: string;
  /** As `--param` on the command line. */
  readonly params?: Readonly<Record<string, string>>;
}

/** Loads and compiles serverless.yml without the command line, as the tests do. About 0.3 s, most of it imports. */
export async function compileProject(options: ProjectOptions = {}): Promise<CompiledService> {
  return compileService(await loadProject(options));
}

/** Loads serverless.yml, every variable of it resolved, and compiles nothing yet. */
export async function loadProject(options: ProjectOptions = {}): Promise<Osls> {
  const folder = options.folder ?? process.cwd();
  const require = createRequire(join(folder, 'package.json'));
  const internal = (path: string) => require(`serverless/lib/${path}`);
  const file = 'serverless.yml';
  const configuration = await internal('configuration/read')(join(folder, file));
  // The plugins serve the command line; the template is the same without them.
  delete configuration.plugins;
  const variablesMeta = internal('configuration/variables/resolve-meta')(configuration);
  const param = Object.entries(options.params ?? {}).map(([name, value]) => `${name}=${value}`);
  const cliOptions = { ...(options.stage && { stage: options.stage }), ...(param.length > 0 && { param }) };
  const Serverless = require('serverless');
  const osls = new Serverless({
    configuration,
    configurationFilename: file,
    serviceDir: folder,
    commands: ['package'],
    options: cliOptions,
    variablesMeta,
  });
  await osls.init();
  const source = (name: string) => internal(`configuration/variables/sources/${name}`);
  await internal('configuration/variables/resolve')({
    serviceDir: folder,
    configuration,
    variablesMeta,
    options: { stage: null, region: null, ...cliOptions },
    sources: {
      env: source('env'),
      file: source('file'),
      opt: source('opt'),
      self: source('self'),
      strToBool: source('str-to-bool'),
      sls: source('instance-dependent/get-sls')(osls),
      param: source('instance-dependent/param')(osls),
    },
    fulfilledSources: new Set(['env', 'file', 'opt', 'self', 'strToBool', 'sls', 'param']),
  });
  for (const [property, { error }] of variablesMeta) {
    throw (
      error ?? new LaptopCloudError(`serverless.yml: ${property.replaceAll('\0', '.')} cannot be resolved`)
    );
  }
  osls.service.reloadServiceFileParam();
  osls.service.mergeArrays();
  osls.service.setFunctionNames(cliOptions);
  return osls;
}
