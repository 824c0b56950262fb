// Serverless plugin: what a deployment has to do beside the framework's own steps.

import { join } from 'node:path';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { explained } from '../operations/explained-errors.ts';
import { inOneLine } from '../operations/in-one-line.ts';
import { placeOf } from '../operations/region.ts';
import { wasRolledBack } from './rolled-back.ts';
import { uploadLayers } from './upload-layers.ts';

/** The part of the framework's interface that is used here. */
interface Serverless {
  readonly serviceDir: string;
  readonly service: {
    readonly provider: {
      shouldNotDeploy?: boolean;
      readonly compiledCloudFormationTemplate: { readonly Resources: Parameters<typeof uploadLayers>[0] };
    };
  };
  getProvider(name: 'aws'): Parameters<typeof wasRolledBack>[0] & {
    getServerlessDeploymentBucketName(): Promise<string>;
    getAwsSdkV3Config(): Promise<S3ClientConfig>;
    /** @throws the framework's own error, with a code, where there are none */
    getAwsSdkV3CredentialsProvider(): () => Promise<unknown>;
    getStage(): string;
    getRegion(): string;
  };
}

export default class DeployPlugin {
  readonly hooks = {
    'before:deploy:deploy': () => inOneLine(() => this.#askForCredentials()),
    'after:aws:deploy:deploy:checkForChanges': () => this.#repeatWhatWasRolledBack(),
    'before:aws:deploy:deploy:uploadArtifacts': () => this.#uploadLayers(),
  };
  readonly #serverless: Serverless;

  constructor(serverless: Serverless) {
    this.#serverless = serverless;
  }

  /** The framework names a page to read; a person wants what to set. */
  async #askForCredentials(): Promise<void> {
    const provider = this.#serverless.getProvider('aws');
    const region = provider.getRegion();
    try {
      await provider.getAwsSdkV3CredentialsProvider()();
    } catch (error) {
      throw explained(error as Error, {
        ...{ stage: provider.getStage(), region, place: placeOf(region), policy: 'deploy' },
      });
    }
  }

  /** The framework compares with what was uploaded last: of a release that was taken back, that is not what is deployed. */
  async #repeatWhatWasRolledBack(): Promise<void> {
    const { provider } = this.#serverless.service;
    if (provider.shouldNotDeploy && (await wasRolledBack(this.#serverless.getProvider('aws'))))
      provider.shouldNotDeploy = false;
  }

  async #uploadLayers(): Promise<void> {
    const { serviceDir, service } = this.#serverless;
    if (service.provider.shouldNotDeploy) return;
    const provider = this.#serverless.getProvider('aws');
    await uploadLayers(
      service.provider.compiledCloudFormationTemplate.Resources,
      join(serviceDir, '.serverless/layers'),
      await provider.getServerlessDeploymentBucketName(),
      await provider.getAwsSdkV3Config(),
    );
  }
}
