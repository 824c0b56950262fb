// Reads a Range header as S3 does: one range of bytes, anything else is ignored.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
import { S3Error } from './errors.ts';

export interface ByteRange {
  readonly first: number;
  /** Inclusive, as in Content-Range. */
  readonly last: number;
}

/** Undefined when the whole object is to be sent. @throws {S3Error} InvalidRange when no byte is in the range. */
export function readByteRange(header: string | undefined, objectBytes: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (header === undefined || match === null) return undefined;
  const [, start = '', end = ''] = match;
  if (start === '' && end === '') return undefined;
  if (start !== '' && end !== '' && Number(start) > Number(end)) return undefined;
  const first = start === '' ? Math.max(0, objectBytes - Number(end)) : Number(start);
  const last = start === '' || end === '' ? objectBytes - 1 : Math.min(Number(end), objectBytes - 1);
  if (first >= objectBytes) {
    throw new S3Error('InvalidRange', {
      details: { RangeRequested: header, ActualObjectSize: String(objectBytes) },
    });
  }
  return { first, last };
}
