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
      limits: { fieldSize: maxFieldBytes },
      defParamCharset: 'utf8',
      preservePath: true,
    });
  } catch {
    return Promise.reject(new S3Error('MalformedPOSTRequest'));
  }
  const fields = new Map<string, string>();
  const named: Promise<void>[] = [];
  let fieldBytes = 0;
  let seenFile = false;
  const addField = (name: string, value: string, isTruncated: boolean): void => {
    fieldBytes += name.length + Buffer.byteLength(value);
    if (isTruncated || fieldBytes > maxFieldBytes) throw new S3Error('MaxPostPreDataLengthExceeded');
    fields.set(name.toLowerCase(), value);
  };
  parser.on('field', (name, value, info) => {
    if (seenFile) return;
    try {
      addField(name, value, info.valueTruncated);
    } catch (error) {
      fail(error);
    }
  });
  parser.on('file', (name, stream, info) => {
    stream.on('error', fail);
    if (seenFile) {
      stream.resume();
      return;
    }
    // Some clients give every part a file name. Which part is the file, its own name alone says.
    if (name !== 'file') {
      named.push(readText(stream).then((value) => addField(name, value, false)));
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
    const file = { name: info.filename ?? '', bytes: bytes() };
    Promise.all(named).then(() => resolve({ fields, file }), fail);
  });
  parser.on('error', fail);
  parser.on('close', () => {
    finished.resolve();
    if (!seenFile)
      reject(
        new S3Error('InvalidArgument', { message: 'POST requires exactly one file upload per request.' }),
      );
  });
  // pipeline, since a body that fails must also end the file that waits for it.
  pipeline(body, parser).catch(fail);
  return promise;
}

/** @throws {S3Error} MaxPostPreDataLengthExceeded */
async function readText(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > maxFieldBytes) throw new S3Error('MaxPostPreDataLengthExceeded');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function malformed(error: unknown): S3Error {
  return error instanceof S3Error ? error : new S3Error('MalformedPOSTRequest');
}
