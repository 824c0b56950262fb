// Empties a bucket, versions and delete markers included: CloudFormation deletes none that has anything in it.

import { DeleteObjectsCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { OperatorError } from '../terminal/errors.ts';

interface Version {
  readonly Key: string;
  readonly VersionId: string;
}

/** Pages of up to 1,000 versions and delete markers; none of a bucket that is gone. */
export async function* versionsIn(s3: S3Client, Bucket: string): AsyncGenerator<Version[], void, void> {
  let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket, ...markers })).catch(goneAsUndefined);
    if (page === undefined) return;
    const found = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    if (found.length > 0) yield found.map(({ Key = '', VersionId = 'null' }) => ({ Key, VersionId }));
    if (!page.IsTruncated) return;
    markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

/** @param onDeleted told how many went at once @throws {OperatorError} when some could not be deleted */
export async function emptyBucket(
  s3: S3Client,
  Bucket: string,
  onDeleted: (count: number) => void,
): Promise<void> {
  for await (const Objects of versionsIn(s3, Bucket)) {
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    const [first] = Errors;
    if (first) throw new OperatorError(`${first.Key} in ${Bucket} could not be deleted: ${first.Message}`);
    onDeleted(Objects.length);
  }
}

/** What an error was caused by counts, where it has been put into a sentence. */
function goneAsUndefined(error: Error): undefined {
  const { name } = (error.cause ?? error) as Error;
  if (name !== 'NoSuchBucket') throw error;
}
