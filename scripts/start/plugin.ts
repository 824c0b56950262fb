// The serverless plugin that has the terminal of `npm start` say what becomes of each image.

import { loopbackHost, readSettings } from '../local/settings.ts';
import { openStage } from '../operations/stage.ts';
import { print } from '../terminal/print.ts';
import { followImages } from './follow-images.ts';
import { imageLine } from './image-line.ts';

interface Osls {
  getProvider(name: 'aws'): { getStage(): string; getRegion(): string };
}

export default class StartPlugin {
  readonly hooks = {
    'after:offline:start:init': () => this.#follow(),
    'before:offline:start:end': () => this.#stopping.abort(),
  };

  readonly #osls: Osls;
  readonly #stopping = new AbortController();

  constructor(osls: Osls) {
    this.#osls = osls;
  }

  async #follow(): Promise<void> {
    const provider = this.#osls.getProvider('aws');
    const { signal } = this.#stopping;
    const { remote, awsPort } = readSettings('darkroom');
    const stage = await openStage({
      ...{ stage: provider.getStage(), region: provider.getRegion() },
      endpoint: remote ? undefined : `http://${loopbackHost}:${awsPort}`,
    });
    const isColored = process.stdout.isTTY && process.stdout.hasColors();
    const following = followImages(stage, (event, at) => print(imageLine(event, at, isColored)), signal);
    // Long polls break off when everything ends.
    following.catch(
      (error: Error) => signal.aborted || print(`No more is said of images here: ${error.message}`),
    );
  }
}
