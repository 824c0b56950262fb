// Starts the embedded engines behind one port: S3, SNS with SQS, DynamoDB.
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Credentials } from '../credentials.ts';
import { createLocalS3 } from '../s3/server.ts';
import { lockDataFolder } from './data-folder.ts';
import { createDynamoDb } from './dynamodb.ts';
import type { Engine } from './engine.ts';
import { startFrontServer } from './front-server.ts';
import { createMessaging } from './messaging.ts';

export interface EmbeddedEngines {
  readonly endpoint: string;
  /** Answers waiting long polls with nothing, so that pollers can go home. */
  endLongPolls(): void;
  close(): Promise<void>;
}

/**
 * Takes the port first, then opens the data folder: what opened is closed again when a later step fails.
 *
 * @throws {SettingError} when the port is taken or another process has the data folder.
 */
export async function startEngines(options: {
  dataDir: string;
  port: number;
  region: string;
  credentials: Credentials;
}): Promise<EmbeddedEngines> {
  const { dataDir, region, credentials } = options;
  const front = await startFrontServer(options.port);
  let lock: ReturnType<typeof lockDataFolder> | undefined;
  const opened: Engine[] = [];
  const keep = <Opened extends Engine>(engine: Opened): Opened => {
    opened.push(engine);
    return engine;
  };
  const { endpoint } = front;
  const sns = new SNSClient({ endpoint, region, credentials });
  const close = async () => {
    await front.close();
    sns.destroy();
    await Promise.all(opened.map((engine) => engine.close()));
    lock?.release();
  };
  try {
    lock = lockDataFolder(dataDir);
    const dynamodb = keep(await createDynamoDb(dataDir));
    const messaging = keep(await createMessaging({ dataDir, region, endpoint }));
    const publish = async (topicArn: string, message: string) => {
      // S3 writes this subject: https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-enable-disable-notification-intro.html
      const Subject = 'Amazon S3 Notification';
      await sns.send(new PublishCommand({ TopicArn: topicArn, Message: message, Subject }));
    };
    const s3 = keep(createLocalS3({ dataDir, credentials, region, publish }));
    front.serve({ s3, dynamodb, sns: messaging, sqs: messaging, sts: messaging });
    return { endpoint, endLongPolls: messaging.endLongPolls, close };
  } catch (error) {
    await close();
    throw error;
  }
}
