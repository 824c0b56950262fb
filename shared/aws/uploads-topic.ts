// The uploads topic, from the sending side: puts an original before both workers as S3 itself would.

import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { createdNotification } from '../domain/events/s3-notification.ts';
import type { UploadsTopic } from '../reconcile/ports.ts';
import { classified } from './sdk-errors.ts';

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
