// What the page shows to whoever is signed in: uploader and gallery, which tell each other what they learn, and the views over them.

import { createClient, type Image } from '../../client/src/client.ts';
import { followRoute } from './frame/follow-route.ts';
import type { Frame } from './frame/frame.ts';
import { createViews } from './frame/views.ts';
import { DarkroomGallery } from './gallery/gallery-element.ts';
import { hashOf } from './routes.ts';
import type { Config } from './session/config.ts';
import type { SignedIn } from './session/session.ts';
import { strings } from './strings.ts';
import { DarkroomUploader } from './upload/uploader.ts';

/** An upload waits for a connection for a day, and then says that there was none. */
const patienceSeconds = 86_400;

export function compose(frame: Frame, { api, operations }: Config, session: SignedIn): void {
  const { main } = frame;
  const { token, account } = session;
  const darkroom = createClient({ api, token, patienceSeconds });
  customElements.define('darkroom-gallery', DarkroomGallery);
  const uploader = Object.assign(new DarkroomUploader(), { darkroom, account });
  const gallery = Object.assign(new DarkroomGallery(), { darkroom });
  const photos = Object.assign(document.createElement('section'), { id: 'photos' });
  photos.append(uploader, gallery);
  main.append(photos);

  main.addEventListener('darkroom-image', (event) => gallery.show((event as CustomEvent<Image>).detail));
  main.addEventListener('darkroom-deleted', (event) =>
    gallery.leaveOut((event as CustomEvent<string>).detail),
  );
  // In place of the image's own entry: back leads to where it was opened from.
  main.addEventListener('darkroom-close', () => location.replace(hashOf({ view: 'photos' })));

  const broken = { text: strings.frame.broken, button: strings.frame.reload, act: () => location.reload() };
  const properties = { darkroom, api, token, photos: gallery };
  const showView = createViews({ outlet: main, photos }, properties, () => frame.notice(broken));
  followRoute(main, operations, (route) => {
    frame.show(route, { operations, session });
    return showView(route);
  });
}
