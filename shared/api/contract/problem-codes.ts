// Which problems each operation may answer with.

import type { ProblemCode } from '../problem.ts';

/** Of everything: the path or the query may be broken. */
const any = ['invalid-request', 'internal'] as const satisfies ProblemCode[];
/** Of whatever needs a token. */
const owners = [...any, 'unauthorized', 'dependency-unavailable'] as const satisfies ProblemCode[];

export const problemsOf = {
  createUpload: [
    ...owners,
    ...(['too-large', 'body-too-large', 'unsupported-format'] as const),
    ...(['unsupported-media-type', 'quota-exceeded'] as const),
  ],
  listImages: owners,
  getImage: [...owners, 'image-not-found'],
  getRendition: [...owners, 'image-not-found', 'rendition-not-found'],
  reprocessImage: [...owners, 'image-not-found', 'quota-exceeded'],
  deleteImage: [...owners, 'image-not-found'],
  getUsage: owners,
  health: any,
  openApi: any,
} as const satisfies Readonly<Record<string, readonly ProblemCode[]>>;
