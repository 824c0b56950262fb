// Tells which S3 operation a request is, by the operation table.
// The most demanding row wins, as in S3: ?uploadId&partNumber is UploadPart and not PutObject.
import { OPERATION_TABLE, type OperationLevel, type OperationName } from './operation-table.ts';
import type { S3Request } from './request.ts';

interface Recogniser {
  readonly name: OperationName;
  readonly method: string;
  readonly level: OperationLevel;
  readonly query: readonly string[];
  readonly header: string | undefined;
}

const demands = (recogniser: Recogniser): number => recogniser.query.length + (recogniser.header ? 1 : 0);

const RECOGNISERS = OPERATION_TABLE.map(([name, method, level, query = '', header]): Recogniser => {
  return { name, method, level, query: query.split('&').filter(Boolean), header };
}).sort((left, right) => demands(right) - demands(left));

const levelOf = (request: S3Request): OperationLevel => {
  if (request.bucket === undefined) return 'service';
  return request.key === undefined ? 'bucket' : 'object';
};

/** The S3 name of what is asked, or undefined when S3 has no such method at that level. */
export function recogniseOperation(request: S3Request): OperationName | undefined {
  const level = levelOf(request);
  return RECOGNISERS.find((recogniser) => {
    return (
      recogniser.method === request.method &&
      recogniser.level === level &&
      recogniser.query.every((parameter) => request.query.has(parameter)) &&
      (recogniser.header === undefined || request.headers.has(recogniser.header))
    );
  })?.name;
}
