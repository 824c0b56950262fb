// Submits browser upload forms as a browser does.
export interface SubmittedFile {
  readonly body?: Buffer;
  readonly name?: string;
}

export interface FormAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The Code element of an error document. */
  readonly code: string | undefined;
}

export const POSTED = Buffer.from('posted bytes');

/** Sends the fields, then the file. */
export async function submitForm(
  post: { readonly url: string; readonly fields: Readonly<Record<string, string>> },
  { body = POSTED, name = 'a.png' }: SubmittedFile = {},
): Promise<FormAnswer> {
  const form = new FormData();
  for (const [field, value] of Object.entries(post.fields)) form.append(field, value);
  form.append('file', new Blob([new Uint8Array(body)], { type: 'image/png' }), name);
  const response = await fetch(post.url, { method: 'POST', body: form, redirect: 'manual' });
  const text = await response.text();
  const code = /<Code>([^<]+)/.exec(text)?.[1];
  return { status: response.status, headers: response.headers, text, code };
}
