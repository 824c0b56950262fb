// Serverless plugin: what a deployment has to do beside the framework's own steps.

import { wasRolledBack } from './rolled-back.ts';

/** The part of the framework's interface that is used here. */
interface Serverless {
  readonly service: { readonly provider: { shouldNotDeploy?: boolean } };
  getProvider(name: 'aws'): Parameters<typeof wasRolledBack>[0];
}

export default class DeployPlugin {
  readonly hooks = {
    'after:aws:deploy:deploy:checkForChanges': () => this.#repeatWhatWasRolledBack(),
  };
  readonly #serverless: Serverless;

  constructor(serverless: Serverless) {
    this.#serverless = serverless;
  }

  /** The framework compares with what was uploaded last: of a release that was taken back, that is not what is deployed. */
  async #repeatWhatWasRolledBack(): Promise<void> {
    const { provider } = this.#serverless.service;
    if (provider.shouldNotDeploy && (await wasRolledBack(this.#serverless.getProvider('aws'))))
      provider.shouldNotDeploy = false;
  }
}
