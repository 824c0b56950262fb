// Mutants that no test notices, each with the reason why none has to. Whatever survives beside these fails the command.

export interface Survivor {
  readonly file: string;
  /** As `npm run mutate` writes it. */
  readonly original: string;
  readonly replacement: string;
  /** It behaves as the original does, so that no test could tell. */
  readonly isEquivalent: boolean;
  readonly reason: string;
}

export const survivors: readonly Survivor[] = [
  {
    file: 'shared/domain/events/image-event.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    isEquivalent: true,
    reason: 'It fills a place in what is hashed: any constant tells events apart as well.',
  },
  {
    file: 'shared/domain/image-record.ts',
    original: '[]',
    replacement: '["Stryker was here"]',
    isEquivalent: true,
    reason: 'A text has no key, so that nothing more is spared.',
  },
  {
    file: 'shared/domain/object-keys.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    isEquivalent: true,
    reason: 'What stands for no name only has to be no issued ID.',
  },
  {
    file: 'shared/domain/status.ts',
    original: "status !== 'rejected' && status !== 'failed'",
    replacement: 'false',
    isEquivalent: true,
    reason: 'No task is in the state of another status, and the loop below finds nothing.',
  },
  {
    file: 'shared/api/uploads/upload-request.ts',
    original: "'/'",
    replacement: '""',
    isEquivalent: true,
    reason: 'Every field of a request lies at its top, so that a path has one step.',
  },
  {
    file: 'shared/reconcile/reconcile.ts',
    original: 'record === undefined',
    replacement: 'false',
    isEquivalent: true,
    reason: 'A record that is gone is not due: the comparison is for the compiler.',
  },
  {
    file: 'shared/reconcile/reconcile.ts',
    original: "'none'",
    replacement: '""',
    isEquivalent: true,
    reason: 'An action that no case names does nothing either.',
  },
  {
    file: 'shared/reconcile/reconcile.ts',
    original: 'plan.record.announced !== undefined',
    replacement: 'true',
    isEquivalent: true,
    reason: 'Only an announced image is taken off the list: the comparison is for the compiler.',
  },
  {
    file: 'shared/processing/process-event.ts',
    original: '[]',
    replacement: '["Stryker was here"]',
    isEquivalent: true,
    reason: 'Where nothing is kept, a text without a key spares nothing either.',
  },
  {
    file: 'shared/processing/process-event.ts',
    original: 'currentTask(rejected, task)?.failure',
    replacement: 'currentTask(rejected, task).failure',
    isEquivalent: true,
    reason: 'A task that was just rejected is recorded: the question mark is for the compiler.',
  },
  {
    file: 'shared/aws/overdue-table.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    isEquivalent: true,
    reason: 'Work on an image without a sequencer was never begun, and both are refused.',
  },
  {
    file: 'shared/aws/image-table.ts',
    original: "outcome.state !== 'done' && outcome.failure",
    replacement: 'true',
    isEquivalent: true,
    reason: 'A failure that is not there is undefined, and so is left out of the item.',
  },
  {
    file: 'shared/aws/image-table.ts',
    original: "outcome.state !== 'done' && outcome.failure",
    replacement: "outcome.state !== 'done' || outcome.failure",
    isEquivalent: true,
    reason: 'A failure that is not there is undefined, and so is left out of the item.',
  },
  {
    file: 'shared/aws/image-table.ts',
    original: "outcome.state !== 'done'",
    replacement: 'true',
    isEquivalent: true,
    reason: 'What is done has no failure: the comparison is for the compiler.',
  },
  {
    file: 'shared/aws/image-table.ts',
    original: "'done'",
    replacement: '""',
    isEquivalent: true,
    reason: 'What is done has no failure: the comparison is for the compiler.',
  },
  {
    file: 'shared/aws/original-store.ts',
    original: 'Body?.transformToByteArray',
    replacement: 'Body.transformToByteArray',
    isEquivalent: true,
    reason: 'The SDK gives every answer to a GET a body: the question mark is for the compiler.',
  },
  {
    file: 'shared/aws/sdk-errors.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    isEquivalent: true,
    reason: 'Neither is the code of an outage.',
  },
  {
    file: 'shared/lambda/http.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    isEquivalent: true,
    reason: 'Neither is JSON.',
  },
  {
    file: 'shared/lambda/sqs.ts',
    original: "'NotAcknowledged'",
    replacement: '""',
    isEquivalent: false,
    reason:
      'The name of an error that Powertools swallows: it helps whoever debugs, and nobody else sees it.',
  },
  {
    file: 'shared/lambda/sqs.ts',
    original: "'retry'",
    replacement: '""',
    isEquivalent: true,
    reason: 'Whatever is not acknowledged comes again.',
  },
  {
    file: 'shared/lambda/sqs.ts',
    original: '[]',
    replacement: '["Stryker was here"]',
    isEquivalent: true,
    reason: 'A text has no kind, so that it is never the one to be found.',
  },
  {
    file: 'shared/lambda/sqs.ts',
    original: '!(thrown instanceof PermanentFailure)',
    replacement: 'false',
    isEquivalent: true,
    reason: 'Reading a message throws nothing else: the comparison is for the compiler.',
  },
];
