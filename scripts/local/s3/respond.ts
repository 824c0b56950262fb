// Writes answers: XML documents, empty ones, and errors in S3's form.
import type { ServerResponse } from 'node:http';
import type { S3Error } from './errors.ts';
import type { S3Request } from './request.ts';
import { writeXml, type XmlContent, type XmlElement } from './xml.ts';

/** Answers with an XML document. */
export function sendXml(response: ServerResponse, status: number, root: string, content: XmlContent): void {
  sendText(response, status, writeXml(root, content));
}

/** Answers without a body. */
export function sendEmpty(response: ServerResponse, status: number): void {
  response.statusCode = status;
  if (status !== 204 && status !== 304) response.setHeader('content-length', 0);
  response.end();
}

/** Answers with S3's error document; HEAD and 304 get the status alone. */
export function sendError(response: ServerResponse, error: S3Error, method: string, ids: ErrorContext): void {
  if (method === 'HEAD' || error.status === 304) {
    sendEmpty(response, error.status);
    return;
  }
  const children: XmlElement[] = [
    ['Code', error.code],
    ['Message', error.message],
    ...Object.entries(error.details),
    ['Resource', ids.resource],
    ['RequestId', ids.requestId],
    ['HostId', ids.hostId],
  ];
  sendText(response, error.status, writeXml('Error', children, false));
}

interface ErrorContext extends Pick<S3Request, 'requestId' | 'hostId'> {
  readonly resource: string;
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/xml');
  response.setHeader('content-length', Buffer.byteLength(text));
  response.end(text);
}
