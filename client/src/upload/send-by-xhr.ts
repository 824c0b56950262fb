// Sends by XMLHttpRequest, the one that tells a page how much of a file is sent.

import type { Transport } from './transport.ts';

/** What is used of it: this library is compiled without a browser’s types. */
interface Xhr {
  readonly upload: { onprogress: ((event: { readonly loaded: number }) => void) | null };
  readonly status: number;
  readonly responseText: string;
  onload: (() => void) | null;
  onerror: (() => void) | null;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  send(body: Blob): void;
  abort(): void;
}

export const sendByXhr: Transport = ({ method, url, headers }, file, onProgress, signal) => {
  const { XMLHttpRequest } = globalThis as unknown as { readonly XMLHttpRequest: new () => Xhr };
  return new Promise((fulfil, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => {
      request.abort();
      reject(signal.reason);
    };
    const end = (settle: () => void) => () => {
      signal.removeEventListener('abort', stop);
      settle();
    };
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onload = end(() => fulfil({ status: request.status, body: request.responseText }));
    request.onerror = end(() => reject(new Error('The request failed.')));
    signal.addEventListener('abort', stop, { once: true });
    request.send(file);
  });
};
