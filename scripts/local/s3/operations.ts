// Tells which S3 operation a request is, by the operation table.
// The most demanding row wins, as in S3: ?uploadId&partNumber is UploadPart and not PutObject.
import { OPERATION_TABLE, type OperationLevel, type OperationName } from './operation-table.ts';
import type { S3Request } from './request.ts';

interface Recognizer {
  readonly name: OperationName;
  readonly method: string;
  readonly level: OperationLevel;
  readonly query: readonly string[];
  readonly header: string | undefined;
}

const demands = (recognizer: Recognizer): number => recognizer.query.length + (recognizer.header ? 1 : 0);

const RECOGNISERS = OPERATION_TABLE.map(([name, method, level, query = '', header]): Recognizer => {
  return { name, method, level, query: query.split('&').filter(Boolean), header };
}).sort((left, right) => demands(right) - demands(left));

const levelOf = (request: S3Request): OperationLevel => {
  if (request.bucket === undefined) return 'service';
  return request.key === undefined ? 'bucket' : 'object';
};

/** The S3 name of what is asked, or undefined when S3 has no such method at that level. */
export function recognizeOperation(request: S3Request): OperationName | undefined {
  const level = levelOf(request);
  return RECOGNISERS.find((recognizer) => {
    return (
      recognizer.method === request.method &&
      recognizer.level === level &&
      recognizer.query.every((parameter) => request.query.has(parameter)) &&
      (recognizer.header === undefined || request.headers.has(recognizer.header))
    );
  })?.name;
}
