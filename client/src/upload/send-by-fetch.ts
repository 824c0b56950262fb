// Sends by fetch, from a stream that counts: what Node has.

import type { Transport } from './transport.ts';

export const sendByFetch: Transport = async ({ method, url, headers }, file, onProgress, signal) => {
  let sent = 0;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(part, controller) {
      sent += part.byteLength;
      controller.enqueue(part);
      onProgress(sent);
    },
  });
  const response = await fetch(url, {
    method,
    // Without the length a stream is sent in chunks of unknown number, and the length is what was signed.
    headers: { ...headers, 'content-length': String(file.size) },
    body: file.stream().pipeThrough(counter),
    ...{ duplex: 'half', signal },
  });
  return { status: response.status, body: await response.text() };
};
