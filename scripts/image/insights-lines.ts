// An image's lines in CloudWatch, by Logs Insights over the log groups of the stage's functions.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html

import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  GetQueryResultsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { type LogLine, logLineIn } from '../local/function-log.ts';
import { OperatorError } from '../terminal/errors.ts';
import { messageIdsIn } from './timeline.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
const maxGroups = 50;
const maxLines = 10_000;
const pollMilliseconds = 500;

interface Span {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
}

/** Those of the image, and those of its messages. @throws {OperatorError} when the stage has no logs, or a query fails */
export async function insightsLines(
  logs: CloudWatchLogsClient,
  prefix: string,
  imageId: string,
  messageIds: readonly string[],
  span: Span,
): Promise<LogLine[]> {
  const groups = await groupsOf(logs, prefix);
  const ofImage = await query(logs, groups, `filter imageId = "${imageId}"`, span);
  const wanted = [...new Set([...messageIds, ...messageIdsIn(ofImage)])];
  if (wanted.length === 0) return ofImage;
  const listed = wanted.map((id) => `"${id}"`).join(', ');
  const ofMessages = await query(
    logs,
    groups,
    `filter messageId in [${listed}] and not ispresent(imageId)`,
    span,
  );
  return [...ofImage, ...ofMessages];
}

async function groupsOf(logs: CloudWatchLogsClient, logGroupNamePrefix: string): Promise<string[]> {
  const { logGroups = [] } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix, limit: maxGroups }),
  );
  const names = logGroups.flatMap(({ logGroupName }) => logGroupName ?? []);
  if (names.length === 0) throw new OperatorError(`There is no log group ${logGroupNamePrefix}*.`);
  return names;
}

async function query(
  logs: CloudWatchLogsClient,
  logGroupNames: string[],
  filter: string,
  { from, until }: Span,
): Promise<LogLine[]> {
  const { queryId } = await logs.send(
    new StartQueryCommand({
      logGroupNames,
      startTime: Math.floor(from / 1000),
      endTime: Math.ceil(until / 1000),
      queryString: `fields @message | ${filter} | sort @timestamp asc | limit ${maxLines}`,
    }),
  );
  for (;;) {
    const { status, results = [] } = await logs.send(new GetQueryResultsCommand({ queryId }));
    if (status === 'Complete') {
      const texts = results.flatMap(
        (fields) => fields.find(({ field }) => field === '@message')?.value ?? [],
      );
      return texts.flatMap((text) => logLineIn(text) ?? []);
    }
    if (status !== 'Running' && status !== 'Scheduled')
      throw new OperatorError(`Logs Insights ended the query as ${status ?? 'unknown'}. Try it again.`);
    await sleep(pollMilliseconds);
  }
}
