// Serverless plugin: builds one zip a function before the framework would make its own, and one of the layer, each with its bill
// of materials beside it. None holds timestamps, so the same sources give the same bytes.

import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { packImagingLayer } from './imaging-layer.ts';
import { keptZip } from './kept-zip.ts';
import { installLambdaModules } from './lambda-modules.ts';
import { imagingLayer, type Layer, layerVersion } from './layer-version.ts';
import { type FunctionPackage, packFunctions } from './pack.ts';
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
        Resources: Record<string, Parameters<typeof leadToPublished>[0][string]>;
        Outputs: Readonly<Record<string, object>>;
      };
    };
    getAllFunctions(): string[];
    getFunction(name: string): FunctionDefinition;
  };
  getProvider(name: 'aws'): { getStage(): string; getDeploymentPrefix(): string };
}

interface FunctionDefinition {
  readonly handler: string;
  package?: { artifact?: string };
  layers?: readonly unknown[];
}

export default class PackagePlugin {
  readonly hooks = {
    'before:package:cleanup': () => this.#nameArtifactsReproducibly(),
    'before:package:createDeploymentArtifacts': () => this.#build(),
    'before:aws:package:finalize:saveServiceState': () => this.#finishTemplate(),
  };
  readonly #serverless: Serverless;
  #layer: Layer | undefined;

  constructor(serverless: Serverless) {
    this.#serverless = serverless;
  }

  async #build(): Promise<void> {
    const { service, serviceDir } = this.#serverless;
    const modulesFolder = await installLambdaModules(serviceDir);
    const lock = JSON.parse(await readFile(join(serviceDir, 'package-lock.json'), 'utf8')) as LockFile;
    // The framework compares the zips in this folder with what is deployed, and skips a deployment that changes nothing.
    const zipFolder = join(serviceDir, '.serverless');
    const layerFolder = join(zipFolder, 'layers');
    await mkdir(layerFolder, { recursive: true });

    const packed = await packImagingLayer(serviceDir, modulesFolder);
    const content = await keptZip(serviceDir, packed.files);
    const layer = imagingLayer(createHash('sha256').update(content).digest('hex'));
    const write = async (path: string, name: string, bytes: Uint8Array, { modules }: FunctionPackage) => {
      await writeFile(path, bytes);
      const bill = await billOfMaterials({ name, bytes, modules }, lock, modulesFolder);
      await writeFile(path.replace(/\.(zip|layer)$/, '.cdx.json'), bill);
      report(name, bytes);
    };
    await write(join(layerFolder, layer.fileName), 'imaging', content, packed);
    const names = service.getAllFunctions();
    const handlers = Object.fromEntries(names.map((name) => [name, service.getFunction(name).handler]));
    for (const [name, own] of Object.entries(await packFunctions(serviceDir, handlers))) {
      const definition = service.getFunction(name);
      const artifact = join(zipFolder, `${name}.zip`);
      await write(artifact, name, zip(own.files), own);
      definition.package = { artifact: relative(serviceDir, artifact) };
      if (own.needsImagingLayer) definition.layers = [...(definition.layers ?? []), { Ref: layer.logicalId }];
    }
    this.#layer = layer;
  }

  #finishTemplate(): void {
    const { service } = this.#serverless;
    const provider = this.#serverless.getProvider('aws');
    const stage = provider.getStage();
    const template = service.provider.compiledCloudFormationTemplate;
    if (this.#layer !== undefined)
      template.Resources[this.#layer.logicalId] = layerVersion(
        this.#layer,
        `${service.service}-${stage}`,
        `${provider.getDeploymentPrefix()}/${service.service}/${stage}`,
      );
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

function report(name: string, { byteLength }: Uint8Array): void {
  process.stdout.write(`${name.padEnd(16)} ${(byteLength / 1e6).toFixed(2).padStart(6)} MB\n`);
}
