// The program of the worker that computes checksums: takes one file, tells how far it is, and answers with the checksum.

import { digestOf } from './digest-of.ts';

/** What it says, in order: any number of `bytes`, then one of the others. */
export type Said =
  | { readonly bytes: number }
  | { readonly digest: string }
  | { readonly error: { readonly name: string; readonly message: string } };

/** What is used of a worker's own scope: this library is compiled without a browser's types. */
interface Scope {
  onmessage: ((event: { readonly data: Blob }) => void) | null;
  postMessage(said: Said): void;
}
const scope = globalThis as unknown as Scope;

scope.onmessage = ({ data: file }) => {
  digestOf(file, (bytes) => scope.postMessage({ bytes })).then(
    (digest) => scope.postMessage({ digest }),
    ({ name, message }: Error) => scope.postMessage({ error: { name, message } }),
  );
};
