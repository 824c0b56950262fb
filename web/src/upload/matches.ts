// Which upload a chosen file belongs to: the same file chosen again goes on with the same image.

import type { BegunUpload, UploadRequest } from '../../../client/src/client.ts';
import { stateOf, type Upload } from './upload.ts';

/** A file as the browser names it. */
type Named = Pick<Upload, 'name' | 'bytes' | 'lastModified'>;

export interface Matches {
  /** @returns what finds the one on the list that a file belongs to */
  among(uploads: readonly Upload[]): (file: File) => Upload | undefined;
  /** Has these recognized as long as the page is open. */
  remember(...ready: readonly (Named & Pick<Upload, 'begun'>)[]): void;
  /** What a file of this name ended as, when it was ready not long ago. */
  readyBefore(file: File): BegunUpload | undefined;
  /** The other one on the list that has this content, under whichever name. */
  twinOf(checksum: string | undefined, uploads: readonly Upload[], own: Upload): Upload | undefined;
  /** What was begun for this content: for the upload itself, or for one that was ready not long ago. */
  begunFor(request: UploadRequest, own: Upload): BegunUpload | undefined;
}

export function createMatches(): Matches {
  const byName = new Map<string, BegunUpload>();
  const byChecksum = new Map<string, BegunUpload>();

  return {
    among: (uploads) => {
      const named = new Map(uploads.map((upload) => [keyOf(upload), upload]));
      const waiting = uploads.filter((upload) => stateOf(upload) === 'file-needed');
      return (file) =>
        named.get(keyOf(nameOf(file))) ??
        // A phone tells another time each time that a photo is chosen.
        waiting.find(({ name, bytes }) => name === file.name && bytes === file.size);
    },

    remember: (...ready) => {
      for (const { begun, ...named } of ready) {
        if (begun === undefined) continue;
        byName.set(keyOf(named), begun);
        const { checksumSha256 } = begun.request;
        if (checksumSha256 !== undefined) byChecksum.set(checksumSha256, begun);
      }
    },

    readyBefore: (file) => byName.get(keyOf(nameOf(file))),

    twinOf: (checksum, uploads, own) =>
      checksum === undefined
        ? undefined
        : uploads.find((upload) => upload !== own && upload.checksum === checksum),

    begunFor: ({ checksumSha256 }, { begun }) =>
      checksumSha256 === undefined || begun?.request.checksumSha256 === checksumSha256
        ? begun
        : byChecksum.get(checksumSha256),
  };
}

const nameOf = ({ name, size, lastModified }: File): Named => ({ name, bytes: size, lastModified });
const keyOf = ({ name, bytes, lastModified }: Named) => `${bytes} ${lastModified} ${name}`;
