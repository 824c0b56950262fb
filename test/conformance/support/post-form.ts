// Browser upload forms: signed as the API signs them, and submitted as a browser does.
import { randomUUID } from 'node:crypto';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import type { Endpoint } from './endpoint.ts';

export interface PresignedForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface FormAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The Code element of an error document. */
  readonly code?: string;
}

export const postedBytes = Buffer.from('posted bytes');

/** Signs a form for one upload, under a new key unless the options name one. */
export async function presignForm(
  s3: Endpoint,
  Bucket: string,
  options: Partial<PresignedPostOptions> = {},
): Promise<PresignedForm & { readonly Key: string }> {
  const Key = options.Key ?? `post/${randomUUID()}`;
  const post = await createPresignedPost(s3.client, { Bucket, Key, Expires: 60, ...options });
  return { Key, ...post };
}

/** Sends the fields, then the file, where there is one. */
export async function submitForm(
  { url, fields }: PresignedForm,
  { body = postedBytes, name = 'a.png' }: { body?: Buffer | Blob | null; name?: string } = {},
): Promise<FormAnswer> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  if (body !== null) {
    const file = body instanceof Blob ? body : new Blob([new Uint8Array(body)], { type: 'image/png' });
    form.append('file', file, name);
  }
  const response = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
  const text = await response.text();
  const [, code] = /<Code>([^<]+)/.exec(text) ?? [];
  return { status: response.status, headers: response.headers, text, ...(code !== undefined && { code }) };
}
