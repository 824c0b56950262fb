// The page: signs in, and puts together what it shows: uploader, gallery, and the views that addresses lead to.

import { createClient, type Image } from '../../client/src/client.ts';
import { followRoute } from './frame/follow-route.ts';
import { createViews } from './frame/views.ts';
import { DarkroomGallery } from './gallery/gallery-element.ts';
import { hashOf } from './routes.ts';
import { createSession } from './session/laptop-session.ts';
import { DarkroomUploader } from './upload/uploader-element.ts';

/** An upload waits for a connection for a day, and then says that there was none. */
const patienceSeconds = 86_400;

customElements.define('darkroom-uploader', DarkroomUploader);
customElements.define('darkroom-gallery', DarkroomGallery);

const main = document.querySelector('main') as HTMLElement;
const nav = document.querySelector('nav') as HTMLElement;
const photos = document.querySelector('#photos') as HTMLElement;
const uploader = photos.querySelector('darkroom-uploader') as DarkroomUploader;
const gallery = photos.querySelector('darkroom-gallery') as DarkroomGallery;

const api = location.origin;
const token = createSession();
const darkroom = createClient({ api, token, patienceSeconds });

main.addEventListener('darkroom-image', (event) => gallery.show((event as CustomEvent<Image>).detail));
main.addEventListener('darkroom-deleted', (event) => gallery.leaveOut((event as CustomEvent<string>).detail));
main.addEventListener('darkroom-close', () => {
  location.hash = hashOf({ view: 'photos' });
});
uploader.darkroom = darkroom;
gallery.darkroom = darkroom;
followRoute(main, nav, createViews({ outlet: main, photos }, { darkroom, api, token }, console.error));
