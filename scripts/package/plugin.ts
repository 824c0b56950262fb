// Serverless plugin: builds one zip a function before the framework would make its own, with its bill of materials beside it.
// Neither holds timestamps, so the same sources give the same bytes.

import type { Stats } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { installLambdaModules } from './lambda-modules.ts';
import { packFunction } from './pack.ts';
import { leadToPublished } from './published.ts';
import { billOfMaterials, type LockFile } from './sbom.ts';
import { zip } from './zip.ts';

/** The part of the framework's interface that is used here. */
interface Serverless {
  readonly serviceDir: string;
  readonly service: {
    readonly service: string;
    readonly package: { artifactDirectoryName?: string };
    readonly provider: {
      compiledCloudFormationTemplate: {
        Resources: Parameters<typeof leadToPublished>[0];
        Outputs: Readonly<Record<string, object>>;
      };
    };
    getAllFunctions(): string[];
    getFunction(name: string): { handler: string; package?: { artifact?: string } };
  };
  getProvider(name: 'aws'): { getStage(): string; getDeploymentPrefix(): string };
}

export default class PackagePlugin {
  readonly hooks = {
    'before:package:cleanup': () => this.#nameArtifactsReproducibly(),
    'before:package:createDeploymentArtifacts': () => this.#build(),
    'before:aws:package:finalize:saveServiceState': () => this.#finishTemplate(),
  };
  readonly #serverless: Serverless;

  constructor(serverless: Serverless) {
    this.#serverless = serverless;
  }

  async #build(): Promise<void> {
    const { service, serviceDir } = this.#serverless;
    const modulesFolder = await installLambdaModules(serviceDir);
    const lock = JSON.parse(await readFile(join(serviceDir, 'package-lock.json'), 'utf8')) as LockFile;
    // The framework compares what is in this folder with what is deployed, and skips a deployment that changes nothing.
    const zipFolder = join(serviceDir, '.serverless');
    await mkdir(zipFolder, { recursive: true });
    for (const name of service.getAllFunctions()) {
      const definition = service.getFunction(name);
      const { files, modules } = await packFunction(serviceDir, modulesFolder, definition.handler);
      const artifact = join(zipFolder, `${name}.zip`);
      const bytes = zip(files);
      await writeFile(artifact, bytes);
      const bill = await billOfMaterials({ name, bytes, modules }, lock, modulesFolder);
      await writeFile(join(zipFolder, `${name}.cdx.json`), bill);
      definition.package = { artifact: relative(serviceDir, artifact) };
      report(name, await stat(artifact));
    }
  }

  #finishTemplate(): void {
    const template = this.#serverless.service.provider.compiledCloudFormationTemplate;
    leadToPublished(template.Resources);
    // The framework adds each function's published code when its zip happens to be read.
    template.Resources = inOrder(template.Resources);
    template.Outputs = inOrder(template.Outputs);
  }

  /** The framework names its upload folder by the clock; a given epoch makes the whole template reproducible. */
  #nameArtifactsReproducibly(): void {
    const epochSeconds = process.env['SOURCE_DATE_EPOCH'];
    if (epochSeconds === undefined) return;
    const { service } = this.#serverless;
    const provider = this.#serverless.getProvider('aws');
    const date = new Date(Number(epochSeconds) * 1000);
    const folder = `${date.getTime()}-${date.toISOString()}`;
    service.package.artifactDirectoryName = `${provider.getDeploymentPrefix()}/${service.service}/${provider.getStage()}/${folder}`;
  }
}

function inOrder<Part>(part: Readonly<Record<string, Part>> = {}): Record<string, Part> {
  return Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function report(functionName: string, { size }: Stats): void {
  process.stdout.write(`${functionName.padEnd(16)} ${(size / 1e6).toFixed(2).padStart(6)} MB\n`);
}
