// What one image asks of AWS, counted: docs/aws-calls.md shows these tables, and test/performance/aws-calls.test.ts and
// write-units.test.ts hold them to what the code does.

export interface Call {
  /** A function, or whichever worker settles last. */
  readonly by: string;
  readonly service: 'DynamoDB' | 'S3' | 'SNS';
  readonly call: string;
  readonly times: number;
  readonly why: string;
}

const call = (by: string, service: Call['service'], name: string, times: number, why: string): Call => ({
  ...{ by, service, call: name, times, why },
});

export const calls: readonly Call[] = [
  call(
    'createUpload',
    'DynamoDB',
    'GetItem',
    1,
    'the owner’s ledger: who has no room is refused without a write',
  ),
  call(
    'createUpload',
    'DynamoDB',
    'PutItem',
    1,
    'an image nobody uploads must end as `expired`; signing the URL calls nothing',
  ),
  call(
    'createUpload',
    'DynamoDB',
    'UpdateItem',
    1,
    'counts it in the ledger, if there is room; the first image of an owner makes the ledger by a second PutItem instead',
  ),
  call('getUsage', 'DynamoDB', 'GetItem', 1, 'the owner’s ledger'),
  call(
    'renditions',
    'DynamoDB',
    'UpdateItem',
    2,
    'claim (or ten copies of an event decode ten times) and settle; each is its own check, nothing is read first',
  ),
  call(
    'renditions',
    'S3',
    'GetObject',
    1,
    'the original, whole, `If-Match` its ETag; its size comes with the event, so no HeadObject',
  ),
  call(
    'renditions',
    'S3',
    'PutObject',
    5,
    'one a rendition, all at once; a stored rendition is not looked up first: its key says what it is',
  ),
  call('metadata', 'DynamoDB', 'UpdateItem', 2, 'claim and settle'),
  call('metadata', 'S3', 'GetObject', 1, 'the first 96 KB; a photo whose header is longer costs one more'),
  call('last worker', 'SNS', 'Publish', 1, 'the image event, by whoever settles last'),
  call(
    'last worker',
    'DynamoDB',
    'UpdateItem',
    2,
    'closes the upload in its owner’s ledger, then notes that it is published, so that a crash in between repeats it and nothing else does',
  ),
  call('getImage', 'DynamoDB', 'GetItem', 1, 'the record; URLs of renditions are signed without a call'),
  call('getRendition', 'DynamoDB', 'GetItem', 1, 'the record; the URL is signed without a call'),
  call('reprocessImage', 'DynamoDB', 'GetItem', 1, 'the record, to tell what is to be done again'),
  call(
    'reprocessImage',
    'DynamoDB',
    'UpdateItem',
    1,
    'takes it back, so that the image is `processing` once it is answered; none where nothing had ended',
  ),
  call(
    'reprocessImage',
    'SNS',
    'Publish',
    1,
    'the original, to both workers; none where everything is current',
  ),
  call(
    'deleteImage',
    'DynamoDB',
    'UpdateItem',
    2,
    'the tombstone, before anything is deleted; the note that it is told, so that a crash in between is ended by reconciling',
  ),
  call('deleteImage', 'S3', 'DeleteObject', 1, 'the original'),
  call(
    'deleteImage',
    'S3',
    'DeleteObjects',
    2,
    'the renditions that the record lists; those that a worker may have stored and not recorded',
  ),
  call('deleteImage', 'SNS', 'Publish', 1, 'the image event'),
  call('listImages', 'DynamoDB', 'Query', 1, 'the keys of a page, from an index that has nothing else'),
  call(
    'listImages',
    'DynamoDB',
    'BatchGetItem',
    1,
    'the records of up to 100 of them, at half the price of the latest',
  ),
];

/** One write of the image's record or of its owner's ledger, in DynamoDB's write units. */
export interface WriteUnits {
  readonly write: string;
  /** Before the original is there, or after. */
  readonly part: 'upload' | 'processing';
  readonly table: number;
  readonly byOwner: number;
  readonly byOverdue: number;
}

const write = (
  part: WriteUnits['part'],
  name: string,
  [table, byOwner, byOverdue]: readonly [number, number, number],
): WriteUnits => ({ write: name, part, table, byOwner, byOverdue });

export const writes: readonly WriteUnits[] = [
  write('upload', 'create', [1, 1, 1]),
  write('upload', 'count in the ledger', [1, 0, 0]),
  write('processing', 'claim, first task', [1, 0, 0]),
  write('processing', 'settle, first task', [1, 0, 0]),
  write('processing', 'claim, second task', [1, 0, 0]),
  write('processing', 'settle, second task', [2, 0, 0]),
  write('processing', 'close the upload in the ledger', [1, 0, 0]),
  write('processing', 'note of the announcement', [2, 0, 1]),
];

/** Of one part, or of a whole image. */
export function writeUnits(part?: WriteUnits['part']): number {
  return writes
    .filter((one) => part === undefined || one.part === part)
    .reduce((sum, { table, byOwner, byOverdue }) => sum + table + byOwner + byOverdue, 0);
}

/** Calls of one service by these functions, by their names as the SDK has them; all of them where none is named. */
export function callsOf(by: readonly string[], service: Call['service'], names?: readonly string[]): number {
  return calls
    .filter((one) => by.includes(one.by) && one.service === service && (names?.includes(one.call) ?? true))
    .reduce((sum, { times }) => sum + times, 0);
}
