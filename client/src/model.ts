// The words of the API under short names, all of them from its OpenAPI document.

import type { components } from './openapi.ts';

type Schemas = components['schemas'];

export type Image = Schemas['Image'];
export type ImagePage = Schemas['ImagePage'];
export type Status = Schemas['Status'];
/** The API tells of no image that was deleted. */
export type ListedStatus = Exclude<Status, 'deleted'>;
export type Rendition = Schemas['Rendition'];
export type Usage = Schemas['Usage'];
export type Problem = Schemas['Problem'];
/** This library sends files by PUT: browsers tell of its progress as well as of a form's. */
export type UploadRequest = Omit<Schemas['UploadRequest'], 'method'>;
export type UploadOffer = Schemas['UploadOffer'] & { readonly upload: Schemas['PutUpload'] };

/** Statuses of images that change by themselves. */
const pending: readonly Status[] = ['awaiting-upload', 'processing'];

/** Whether nothing happens to an image of this status any more, unless somebody asks for it. */
export function isSettled(status: Status): boolean {
  return !pending.includes(status);
}
