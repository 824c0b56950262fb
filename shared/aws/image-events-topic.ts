// The image-events topic: tells consumers what became of an image.

import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { ImageEvents } from '../processing/ports.ts';
import { classified } from './sdk-errors.ts';

export function createImageEvents(client: SNSClient, topicArn: string): ImageEvents {
  return {
    async publish(event, uploadRequestId) {
      const command = new PublishCommand({
        TopicArn: topicArn,
        Message: JSON.stringify(event),
        MessageAttributes: {
          type: text(event.type),
          ...(uploadRequestId !== undefined && { uploadRequestId: text(uploadRequestId) }),
        },
      });
      await classified('SNS Publish', client.send(command));
    },
  };
}

function text(StringValue: string) {
  return { DataType: 'String', StringValue };
}
