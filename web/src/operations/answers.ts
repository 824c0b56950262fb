// What the operator's view asks the laptop for, as JSON: the laptop answers by these types (`scripts/operations-page/`).

export interface QueueCounts {
  readonly name: string;
  /** About how many, as SQS says it. */
  readonly waiting: number;
  /** Received and not deleted yet: being worked on, or resting until the next receive. */
  readonly inFlight: number;
  readonly delayed: number;
}

export interface QueuesAnswer {
  readonly stage: string;
  /** Where that is: an endpoint. */
  readonly place: string;
  readonly workers: readonly {
    readonly task: string;
    readonly source: QueueCounts;
    readonly dlq: QueueCounts;
  }[];
  readonly rejections: QueueCounts;
}

/** An image that a message is about, as far as anything is known of it. */
export interface ImageBrief {
  readonly imageId: string;
  readonly fileName: string | null;
  readonly status: string | null;
  /** A signed URL of a small rendition, where there is one. */
  readonly thumbnail: string | null;
  readonly placeholder: { readonly thumbHash: string; readonly dominantColor: string } | null;
}

/** Messages of one queue that failed with one code. */
export interface DeadLetterGroup {
  readonly queue: string;
  readonly kind: 'dlq' | 'rejections';
  /** Of the DLQ; null for the rejections. */
  readonly task: string | null;
  readonly code: string;
  /** What one of them says of its failure. */
  readonly example: string;
  readonly messages: number;
  /** ISO 8601, UTC: when the first of them was sent, and the last. */
  readonly oldestAt: string;
  readonly newestAt: string;
  /** How many images they are about, and some of these. */
  readonly imageCount: number;
  readonly images: readonly ImageBrief[];
}

export interface DeadLettersAnswer {
  readonly groups: readonly DeadLetterGroup[];
  /** False where a queue holds more than `maxMessages`. */
  readonly isComplete: boolean;
  readonly maxMessages: number;
  /** About how many somebody else was looking at, so that they are not in any group. */
  readonly unseen: number;
}

export interface RedriveAnswer {
  /** Sent back to work. */
  readonly redriven: number;
  /** Still there, because of an error. */
  readonly kept: number;
  /** Somebody else took them meanwhile. */
  readonly vanished: number;
  /** Still there, because a worker has their image. */
  readonly held: number;
}

export interface TaskState {
  readonly task: string;
  /** `not begun`, or as the record has it. */
  readonly state: string;
  readonly receiveCount: number;
  readonly code: string | null;
}

export interface ImageAnswer extends ImageBrief {
  readonly status: string;
  readonly createdAt: string | null;
  readonly updatedAt: string;
  readonly isAnnounced: boolean;
  readonly tasks: readonly TaskState[];
  readonly original: { readonly bytes: number; readonly storedAt: string | null } | null;
  readonly renditionCount: number;
  /** Its messages that were put aside. */
  readonly putAside: readonly { readonly queue: string; readonly code: string }[];
  /** What to do about it: a sentence, the command that does it, and whether a redrive would. */
  readonly next: { readonly says: string; readonly command: string | null; readonly canRedrive: boolean };
}

/** One thing that happened to an image. */
export interface TraceEntry {
  /** Milliseconds since the epoch; null for what left no line. */
  readonly at: number | null;
  readonly kind: 'request' | 'receive' | 'never ended' | 'no line' | 'reconcile' | 'other';
  /** All of it, in one sentence. */
  readonly text: string;
  readonly attempt?: number;
  readonly task?: string;
  readonly outcome?: string;
  readonly code?: string;
  readonly reason?: string;
  readonly afterSeconds?: number;
  /** Of each step, and of all as `total`. */
  readonly milliseconds?: Readonly<Record<string, number>>;
}

export interface TraceAnswer {
  readonly image: ImageAnswer;
  readonly timeline: readonly TraceEntry[];
}

/** What went wrong, in a sentence. */
export interface ProblemAnswer {
  readonly code: 'not-found' | 'bad-request' | 'failed' | 'not-the-page';
  readonly detail: string;
}
