// The serverless plugin that has the terminal of `npm start` say what becomes of each image.

import { loopbackHost, readSettings } from '../local/settings.ts';
import { openStage } from '../operations/stage.ts';
import { print } from '../terminal/print.ts';
import { keptPage } from '../web/kept-page.ts';
import { followImages } from './follow-images.ts';
import { imageLine } from './image-line.ts';

interface PageOfService {
  readonly folder: string;
  /** Read by the laptop cloud: whoever opens the page before it is built waits for it. */
  built?: Promise<string>;
}

interface Osls {
  readonly service: { readonly custom?: { readonly page?: PageOfService } };
  getProvider(name: 'aws'): { getStage(): string; getRegion(): string };
}

export default class StartPlugin {
  readonly hooks = {
    // In the background: nothing waits for it but whoever opens the page.
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
    const page = this.#osls.service.custom?.page;
    if (page === undefined) return;
    page.built = keptPage(process.cwd(), page.folder);
    page.built.catch((error: Error) => print(error.message));
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
