// The words of the API under short names, all of them from its OpenAPI document.

import type { components, paths } from './openapi.ts';

type Answer<
  Path extends keyof paths,
  Method extends keyof paths[Path],
  Status extends number,
> = paths[Path][Method] extends {
  responses: { [status in Status]: { content: { 'application/json': infer Body } } };
}
  ? Body
  : never;

export type Image = Answer<'/images/{imageId}', 'get', 200>;
export type Status = Image['status'];
export type Rendition = Image['renditions'][number];
export type UploadRequest = paths['/uploads']['post']['requestBody']['content']['application/json'];
export type UploadOffer = Answer<'/uploads', 'post', 201>;
export type Usage = Answer<'/usage', 'get', 200>;
export type Problem = components['schemas']['Problem'];

/** Statuses of images that change by themselves. */
const pending: readonly Status[] = ['awaiting-upload', 'processing'];

/** Whether nothing happens to an image of this status any more, unless somebody asks for it. */
export function isSettled(status: Status): boolean {
  return !pending.includes(status);
}
