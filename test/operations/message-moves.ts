// The part of SQS that the embedded one lacks: moving a DLQ's messages back. Answers in the form that AWS documents.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SQSClient } from '@aws-sdk/client-sqs';

/** @param answers one a call, in their order */
export async function startMessageMoves(answers: readonly object[]) {
  const calls: [string, unknown][] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
    calls.push([String(request.headers['x-amz-target']), body]);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answers[calls.length - 1]));
  });
  await new Promise<void>((fulfil) => server.listen(0, '127.0.0.1', fulfil));
  const sqs = new SQSClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    useQueueUrlAsEndpoint: false,
  });
  const close = () => {
    server.close();
    sqs.destroy();
  };
  return { sqs, calls, close };
}
