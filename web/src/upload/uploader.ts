// Makes <darkroom-uploader> known to the page that loads this: all that a page of any framework needs.

import { DarkroomUploader } from './uploader-element.ts';

export { DarkroomUploader };

if (!customElements.get('darkroom-uploader')) customElements.define('darkroom-uploader', DarkroomUploader);
