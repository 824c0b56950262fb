// <darkroom-uploader> as pages see it. Published as it is: types and nothing else, and imports of the client library alone.

import type { Darkroom, Image, Token } from '../../../client/src/client.ts';

export interface DarkroomUploaderElement extends HTMLElement {
  /** URL of the API. An attribute as well, as are `token` and `account`. */
  api: string | undefined;
  /** An access token, or a function that gives one. */
  token: Token | undefined;
  /** Whose uploads these are: what was not sent before the page was closed is gone on with for nobody else. */
  account: string | undefined;
  /** A client that there is already, instead of `api` and `token`. */
  darkroom: Darkroom | undefined;
  /** Uploads files, as if they had been chosen. */
  add(files: Iterable<File>): void;
}

export interface FailedUpload {
  readonly fileName: string;
  /** A sentence for whoever chose the file. */
  readonly message: string;
  readonly code: string;
  /** When it was sent, and could not be developed. */
  readonly image: Image | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'darkroom-uploader': DarkroomUploaderElement;
  }
  interface HTMLElementEventMap {
    /** An image became known, or changed. */
    'darkroom-image': CustomEvent<Image>;
    'darkroom-ready': CustomEvent<Image>;
    'darkroom-failed': CustomEvent<FailedUpload>;
  }
}
