// What a screen reader says of the uploads: the latest sentence, but not one after the other without a pause.

export class Announcer {
  readonly #quietMilliseconds: number;
  readonly #say: (sentence: string) => void;
  #next: string | undefined;
  #said = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(quietMilliseconds: number, say: (sentence: string) => void) {
    this.#quietMilliseconds = quietMilliseconds;
    this.#say = say;
  }

  /** Says it now, or once it has been quiet long enough, unless there is something newer by then. */
  announce(sentence: string): void {
    this.#next = sentence;
    if (this.#timer === undefined) this.#speak();
  }

  #speak(): void {
    this.#timer = undefined;
    const sentence = this.#next;
    if (sentence === undefined || sentence === this.#said) return;
    this.#said = sentence;
    this.#say(sentence);
    this.#timer = setTimeout(() => this.#speak(), this.#quietMilliseconds);
  }
}
