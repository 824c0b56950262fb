// Which problems each operation may answer with.

import type { ProblemCode } from '../problem.ts';

/** Of whatever needs a token. */
const any = ['unauthorized', 'internal', 'dependency-unavailable'] as const satisfies ProblemCode[];

export const problemsOf = {
  createUpload: [
    ...any,
    ...(['invalid-request', 'too-large', 'body-too-large', 'unsupported-format'] as const),
    ...(['unsupported-media-type', 'quota-exceeded'] as const),
  ],
  listImages: [...any, 'invalid-request'],
  getImage: [...any, 'invalid-request', 'image-not-found'],
  getRendition: [...any, 'image-not-found', 'rendition-not-found'],
  reprocessImage: [...any, 'image-not-found', 'quota-exceeded'],
  deleteImage: [...any, 'image-not-found'],
  getUsage: any,
  health: [],
  openApi: [],
} as const satisfies Readonly<Record<string, readonly ProblemCode[]>>;
