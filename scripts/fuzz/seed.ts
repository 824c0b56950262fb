// A sound file that is damaged.

export interface Seed {
  readonly name: string;
  readonly file: Buffer;
}
