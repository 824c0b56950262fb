// Refusals of calls to SNS, SQS, DynamoDB and STS, in the words and in the format of the protocol that was spoken.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** A call that never reaches its engine. */
export class CallRefusal extends Error {
  override readonly name = 'CallRefusal';
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Answers with the refusal: an XML document for the query protocol of SNS and STS, JSON for the others. */
export function sendRefusal(response: ServerResponse, service: string, refusal: CallRefusal): void {
  const { code, status, message } = refusal;
  const isQuery = service === 'sns' || service === 'sts';
  const escaped = message.replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`);
  const text = isQuery
    ? `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`
    : JSON.stringify({ __type: code, message });
  response.writeHead(status, {
    'content-type': isQuery ? 'text/xml' : 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(text),
    // What is left of the body is not waited for.
    connection: 'close',
  });
  response.end(text);
}
