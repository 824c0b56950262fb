// The uploads topic, from the sending side: puts an original before both workers as S3 itself would.

import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { createdNotification, type RepublishedOriginal } from '../domain/events/s3-notification.ts';
import { classified } from './sdk-errors.ts';

export interface UploadsTopic {
  /** Says that the original was created. The sequencer decides whether that is news: see `lowestSequencer`. */
  republish(original: RepublishedOriginal, sequencer: string): Promise<void>;
}

export function createUploadsTopic(client: SNSClient, topicArn: string): UploadsTopic {
  return {
    async republish(original, sequencer) {
      const Message = createdNotification(original, sequencer, new Date());
      await classified(
        'SNS Publish',
        client.send(new PublishCommand({ TopicArn: topicArn, Message, Subject: 'Amazon S3 Notification' })),
      );
    },
  };
}
