// Starts the embedded engines behind one port: S3, SNS with SQS, DynamoDB.
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { type Credentials, keepCredentials } from '../credentials.ts';
import { diskFullLine, isDiskFull } from '../disk-full.ts';
import { LaptopCloudError } from '../laptop-cloud-error.ts';
import { createLocalS3 } from '../s3/server.ts';
import { lockDataFolder } from './data-folder.ts';
import { createDynamoDb } from './dynamodb.ts';
import { startFrontServer } from './front-server.ts';
import { createMessaging } from './messaging.ts';

export interface EmbeddedEngines {
  readonly endpoint: string;
  /** The data folder's. */
  readonly credentials: Credentials;
  /** Answers waiting long polls with nothing, so that pollers can go home. */
  endLongPolls(): void;
  /** Ends the visibility timeout of every message that somebody has received from the queue and not deleted. */
  releaseMessages(queueUrl: string): void;
  close(): Promise<void>;
}

/**
 * Takes the port first, then opens the data folder: what opened is closed again when a later step fails.
 *
 * @throws {LaptopCloudError} when the port is taken, another process has the data folder, or its disk is full
 */
export async function startEngines(options: {
  dataDir: string;
  port: number;
  region: string;
  /** One line for the terminal: what went wrong inside an engine. */
  warn: (line: string) => void;
}): Promise<EmbeddedEngines> {
  const { dataDir, region } = options;
  const front = await startFrontServer(options.port, region);
  const { endpoint } = front;
  const opened: { close(): Promise<void> }[] = [];
  const keep = <Opened extends { close(): Promise<void> }>(one: Opened): Opened => {
    opened.push(one);
    return one;
  };
  let lock: ReturnType<typeof lockDataFolder> | undefined;
  let isClosing = false;
  const warnOnce = withoutRepetition(options.warn);
  // What breaks off because everything ends is no news.
  const warn = (line: string) => isClosing || warnOnce(line);
  const close = async () => {
    isClosing = true;
    await front.close();
    await Promise.all(opened.map((one) => one.close()));
    lock?.release();
  };
  try {
    lock = lockDataFolder(dataDir);
    const credentials = keepCredentials(dataDir);
    const { publish } = keep(createPublisher({ endpoint, region, credentials }));
    const dynamodb = keep(createDynamoDb(dataDir, warn));
    const messaging = keep(await createMessaging({ dataDir, region, endpoint, warn }));
    const s3 = keep(createLocalS3({ dataDir, credentials, region, publish, warn }));
    front.serve({ s3, dynamodb, sns: messaging, sqs: messaging, sts: messaging }, credentials);
    const { endLongPolls, releaseMessages } = messaging;
    return { endpoint, credentials, endLongPolls, releaseMessages, close };
  } catch (error) {
    await close();
    throw isDiskFull(error) ? new LaptopCloudError(diskFullLine(dataDir), { cause: error }) : error;
  }
}

/** How S3 hands its notifications to SNS. */
function createPublisher(options: { endpoint: string; region: string; credentials: Credentials }) {
  const sns = new SNSClient(options);
  return {
    publish: async (TopicArn: string, Message: string) => {
      // S3 writes this subject: https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-enable-disable-notification-intro.html
      const Subject = 'Amazon S3 Notification';
      await sns.send(new PublishCommand({ TopicArn, Message, Subject }));
    },
    close: async () => sns.destroy(),
  };
}

const repetitionMs = 10_000;

/** Callers repeat what fails, and each line would come again with every attempt. */
function withoutRepetition(warn: (line: string) => void): (line: string) => void {
  const saidAt = new Map<string, number>();
  return (line) => {
    const now = Date.now();
    for (const [said, at] of saidAt) if (now - at > repetitionMs) saidAt.delete(said);
    if (saidAt.has(line)) return;
    saidAt.set(line, now);
    warn(line);
  };
}
