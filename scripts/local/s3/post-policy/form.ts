// Reads a multipart/form-data upload: the fields before the file, then the file as a stream, then nothing more.
// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { S3Error } from '../errors.ts';

const maxFieldBytes = 20 * 1024;

export interface FormFile {
  readonly name: string;
  readonly bytes: AsyncIterable<Buffer>;
}

export interface UploadForm {
  /** By lower-case name. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: FormFile;
}

/**
 * Parses the form up to its file. The bytes of the file end only when the form's closing boundary has been read.
 * @throws {S3Error} MalformedPOSTRequest, MaxPostPreDataLengthExceeded, or InvalidArgument without a file
 */
export function readUploadForm(contentType: string, body: AsyncIterable<Buffer>): Promise<UploadForm> {
  const { promise, resolve, reject } = Promise.withResolvers<UploadForm>();
  const finished = Promise.withResolvers<void>();
  finished.promise.catch(() => undefined);
  const fail = (error: unknown): void => {
    reject(malformed(error));
    finished.reject(malformed(error));
  };
  let parser: busboy.Busboy;
  try {
    parser = busboy({
      headers: { 'content-type': contentType },
      limits: { fieldSize: maxFieldBytes, files: 1 },
      defParamCharset: 'utf8',
      preservePath: true,
    });
  } catch {
    return Promise.reject(new S3Error('MalformedPOSTRequest'));
  }
  const fields = new Map<string, string>();
  let fieldBytes = 0;
  let seenFile = false;
  parser.on('field', (name, value, info) => {
    if (seenFile) return;
    fieldBytes += name.length + Buffer.byteLength(value);
    if (info.valueTruncated || fieldBytes > maxFieldBytes) {
      fail(new S3Error('MaxPostPreDataLengthExceeded'));
    }
    fields.set(name.toLowerCase(), value);
  });
  parser.on('file', (name, stream, info) => {
    stream.on('error', fail);
    if (name !== 'file') {
      fail(new S3Error('InvalidArgument', { message: 'POST requires exactly one file upload per request.' }));
      stream.resume();
      return;
    }
    seenFile = true;
    const bytes = async function* (): AsyncGenerator<Buffer> {
      try {
        yield* stream;
      } catch (error) {
        throw malformed(error);
      }
      await finished.promise;
    };
    resolve({ fields, file: { name: info.filename ?? '', bytes: bytes() } });
  });
  parser.on('error', fail);
  parser.on('close', () => {
    finished.resolve();
    reject(new S3Error('InvalidArgument', { message: 'POST requires exactly one file upload per request.' }));
  });
  // pipeline, since a body that fails must also end the file that waits for it.
  pipeline(body, parser).catch(fail);
  return promise;
}

function malformed(error: unknown): S3Error {
  return error instanceof S3Error ? error : new S3Error('MalformedPOSTRequest');
}
