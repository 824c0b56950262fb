// What a use case answers, whatever carries it to the client.

export interface Answer {
  readonly status: number;
  /** Absent where the status says it all. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
