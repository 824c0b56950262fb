// Which upload a chosen file belongs to: the same file chosen again goes on with the same image.

import type { BegunUpload, UploadRequest } from '../../../client/src/client.ts';
import { stateOf, type Upload } from './upload.ts';

/** A file as the browser names it. */
type Named = Pick<Upload, 'name' | 'bytes' | 'lastModified'>;

export interface Matches {
  /** @returns what finds those on the list that a file belongs to: several, where pages ended before they knew it for one content */
  among(uploads: readonly Upload[]): (file: File) => readonly Upload[];
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
      const named = grouped(uploads, keyOf);
      const waiting = grouped(
        uploads.filter((upload) => stateOf(upload) === 'file-needed'),
        shortKeyOf,
      );
      return (file) => {
        const own = nameOf(file);
        // A phone tells another time each time that a photo is chosen.
        return named.get(keyOf(own)) ?? waiting.get(shortKeyOf(own)) ?? [];
      };
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
const shortKeyOf = ({ name, bytes }: Named) => `${bytes} ${name}`;

function grouped(uploads: readonly Upload[], key: (upload: Upload) => string): Map<string, Upload[]> {
  const groups = new Map<string, Upload[]>();
  for (const upload of uploads) groups.set(key(upload), [...(groups.get(key(upload)) ?? []), upload]);
  return groups;
}
