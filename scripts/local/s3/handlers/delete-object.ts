// DeleteObject: 204 whether the key was there or not; an event only when it was.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html
import { readWriteCondition } from '../conditions.ts';
import { S3Error } from '../errors.ts';
import { type Handler, objectOf } from '../exchange.ts';
import { sendEmpty } from '../respond.ts';

export const deleteObject: Handler = async ({ request, response, server }) => {
  const { bucket, key } = objectOf(request);
  if ((request.query.get('versionId') ?? 'null') !== 'null') {
    throw new S3Error('NotImplemented', { message: 'The versionId parameter is not implemented.' });
  }
  server.writer.delete(bucket, [key], request, readWriteCondition(request.headers));
  sendEmpty(response, 204);
};
