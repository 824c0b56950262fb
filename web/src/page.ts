// The page: signs in, and lets the gallery know what the uploader learns.

import { createClient, type Image } from '../../client/src/client.ts';
import { DarkroomGallery } from './gallery/gallery-element.ts';
import { routeOf } from './routes.ts';
import { createSession } from './session/laptop-session.ts';
import { DarkroomUploader } from './upload/uploader-element.ts';

/** An upload waits for a connection for a day, and then says that there was none. */
const patienceSeconds = 86_400;

customElements.define('darkroom-uploader', DarkroomUploader);
customElements.define('darkroom-gallery', DarkroomGallery);

const darkroom = createClient({ api: location.origin, token: createSession(), patienceSeconds });
const uploader = document.querySelector<DarkroomUploader>('darkroom-uploader');
const gallery = document.querySelector<DarkroomGallery>('darkroom-gallery');
if (uploader && gallery) {
  uploader.addEventListener('darkroom-image', (event) => gallery.show((event as CustomEvent<Image>).detail));
  uploader.darkroom = darkroom;
  gallery.darkroom = darkroom;
}

const photos = document.querySelector<HTMLElement>('#photos');
function follow(): void {
  const { view } = routeOf(location.hash);
  if (photos) photos.hidden = view === 'operations' || view === 'trace';
}
addEventListener('hashchange', follow);
follow();
