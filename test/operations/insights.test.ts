// The trace of a deployed image, by the protocol of CloudWatch Logs Insights.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { insightsLines } from '../../scripts/image/insights-lines.ts';

const imageId = '0199a3c4-7b1e-7c2d-8f3a-000000000001';
const span = { from: Date.parse('2026-11-02T09:00:00.500Z'), until: Date.parse('2026-11-02T10:00:00.500Z') };
const prefix = '/aws/lambda/darkroom-prod-';

let server: Server;
let logs: CloudWatchLogsClient;
let calls: [string, Record<string, unknown>][];
/** One a call, in their order. */
let answers: object[];

beforeEach(async () => {
  calls = [];
  server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
    calls.push([String(request.headers['x-amz-target']).replace('Logs_20140328.', ''), body]);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answers[calls.length - 1]));
  });
  await new Promise<void>((fulfil) => server.listen(0, '127.0.0.1', fulfil));
  logs = new CloudWatchLogsClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  });
});

afterEach(() => {
  logs.destroy();
  server.close();
});

const groups = {
  logGroups: [{ logGroupName: `${prefix}renditions` }, { logGroupName: `${prefix}metadata` }],
};
const row = (line: object) => [
  { field: '@message', value: JSON.stringify(line) },
  { field: '@ptr', value: 'pointer' },
];
const line = { timestamp: '2026-11-02T09:00:01.000Z', level: 'INFO', message: 'image handled' };

describe('lines of an image in CloudWatch', () => {
  it('are those that name it, then those of its messages, from the functions of the stage alone', async () => {
    const ofImage = { ...line, imageId, messageId: 'one', attempt: 1 };
    const ofMessage = { ...line, message: 'malformed message', messageId: 'one', attempt: 2 };
    answers = [
      groups,
      { queryId: 'first' },
      { status: 'Running', results: [] },
      { status: 'Complete', results: [row(ofImage), [{ field: '@message', value: 'START RequestId: 1' }]] },
      { queryId: 'second' },
      { status: 'Complete', results: [row(ofMessage)] },
    ];

    expect(await insightsLines(logs, prefix, imageId, ['known'], span)).toEqual([ofImage, ofMessage]);

    expect(calls[0]).toEqual(['DescribeLogGroups', { logGroupNamePrefix: prefix, limit: 50 }]);
    expect(calls[1]).toEqual([
      'StartQuery',
      {
        logGroupNames: [`${prefix}renditions`, `${prefix}metadata`],
        ...{ startTime: Math.floor(span.from / 1000), endTime: Math.ceil(span.until / 1000) },
        queryString: `fields @message | filter imageId = "${imageId}" | sort @timestamp asc | limit 10000`,
      },
    ]);
    expect(calls[2]).toEqual(['GetQueryResults', { queryId: 'first' }]);
    expect(calls[4]?.[1]['queryString']).toContain(
      'filter messageId in ["known", "one"] and not ispresent(imageId)',
    );
  });

  it('cannot be had of a stage without functions, which is said', async () => {
    answers = [{ logGroups: [] }];

    await expect(insightsLines(logs, prefix, imageId, [], span)).rejects.toThrow(
      `There is no log group ${prefix}*.`,
    );
  });

  it('cannot be had when the query fails, which is said', async () => {
    answers = [groups, { queryId: 'first' }, { status: 'Timeout' }];

    await expect(insightsLines(logs, prefix, imageId, [], span)).rejects.toThrow(
      'ended the query as Timeout',
    );
  });
});
