// The part of libheif-js that is used; the package's own types describe only its generated bindings.

declare module 'libheif-js/wasm-bundle.js' {
  interface HeifImage {
    get_width(): number;
    get_height(): number;
    is_primary(): boolean;
    /** Calls back with null when the decode fails. */
    display(
      target: { data: Uint8ClampedArray; width: number; height: number },
      done: (displayed: object | null) => void,
    ): void;
    free(): void;
  }
  const libheif: { HeifDecoder: new () => { decode(file: Uint8Array): HeifImage[] } };
  export = libheif;
}
