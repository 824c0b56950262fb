// What each address shows: the photos, one of them over the others, or the operator's view. All but the photos is loaded once
// somebody asks for it, as a component that is there only while it is shown.

import type { Darkroom, Token } from '../../../client/src/client.ts';
import type { ShownPhotos } from '../image/shown-photos.ts';
import type { Route } from '../routes.ts';
import { returnFocus } from './focus.ts';

/** What is handed to a view, as properties of its element. */
export interface ViewProperties {
  readonly darkroom: Darkroom;
  /** The API's URL, and a token for it: for what the client library does not do. */
  readonly api: string;
  readonly token: Token;
  /** The photos that the gallery shows, for one of them to be among. */
  readonly photos: ShownPhotos;
}

interface Lazy {
  readonly tag: string;
  load(): Promise<CustomElementConstructor>;
}

/** Each takes `darkroom` and `imageId`; `darkroom-image` fires `darkroom-close`, `darkroom-image` and `darkroom-deleted`. */
const image: Lazy = {
  tag: 'darkroom-image',
  load: async () => (await import('../image/image-element.ts')).DarkroomImage,
};
/** Takes `imageId` for the trace of one image, and none for the queues. */
const operations: Lazy = {
  tag: 'darkroom-operations',
  load: async () => (await import('../operations/operations-element.ts')).DarkroomOperations,
};
const lazyViews: Readonly<Record<Route['view'], Lazy | undefined>> = {
  photos: undefined,
  image,
  operations,
  trace: operations,
};

interface Places {
  /** Where views are put. */
  readonly outlet: HTMLElement;
  /** The photos: there beneath one image, hidden beneath the operator's view. They stay, so that uploads go on. */
  readonly photos: HTMLElement;
}

/**
 * @param onBroken says that a view cannot be loaded, as when the page has been deployed anew, and gives what unsays it
 * @returns shows what belongs to a route; fulfilled when it is there
 */
export function createViews(
  { outlet, photos }: Places,
  properties: ViewProperties,
  onBroken: () => () => void,
): (route: Route) => Promise<void> {
  let shown: HTMLElement | undefined;
  let wanted: Route | undefined;
  let focusBack = () => {};
  let unsay = () => {};

  function leave(): void {
    if (!shown) return;
    // The view may lead the keyboard elsewhere as it goes.
    focusBack();
    shown.remove();
    shown = undefined;
  }

  return async (route) => {
    wanted = route;
    unsay();
    const lazy = lazyViews[route.view];
    photos.hidden = lazy === operations;
    if (shown?.localName !== lazy?.tag) leave();
    if (!lazy) return;
    const imageId = 'imageId' in route ? route.imageId : undefined;
    if (shown) {
      Object.assign(shown, { imageId });
      return;
    }
    focusBack = returnFocus();
    try {
      await define(lazy);
    } catch {
      if (wanted === route) unsay = onBroken();
      return;
    }
    if (wanted !== route) return;
    shown = Object.assign(document.createElement(lazy.tag), properties, { imageId });
    outlet.append(shown);
  };
}

async function define({ tag, load }: Lazy): Promise<void> {
  if (customElements.get(tag)) return;
  const element = await load();
  if (!customElements.get(tag)) customElements.define(tag, element);
}
