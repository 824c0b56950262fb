// The serverless plugin that has the terminal of `npm start` say what becomes of each image.

import { loopbackHost, readSettings } from '../local/settings.ts';
import { openStage } from '../operations/stage.ts';
import { print } from '../terminal/print.ts';
import { buildPage } from '../web/build-page.ts';

import { followImages } from './follow-images.ts';
import { imageLine } from './image-line.ts';

interface Osls {
  readonly service: { readonly custom?: { readonly page?: { readonly folder: string } } };
  getProvider(name: 'aws'): { getStage(): string; getRegion(): string };
}

export default class StartPlugin {
  readonly hooks = {
    // In the background: the page is there by the time that anybody opens it.
    'before:offline:start:init': () => this.#buildPage(),
    'after:offline:start:init': () => this.#follow(),
    'before:offline:start:end': () => this.#stopping.abort(),
  };

  readonly #osls: Osls;
  readonly #stopping = new AbortController();

  constructor(osls: Osls) {
    this.#osls = osls;
  }

  #buildPage(): void {
    const folder = this.#osls.service.custom?.page?.folder;
    if (folder === undefined) return;
    buildPage(process.cwd(), folder).catch((error: Error) => print(`There is no page: ${error.message}`));
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
