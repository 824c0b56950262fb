// Reads, checks and writes a bucket's notification configuration; topics only.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { S3Error } from '../errors.ts';
import { readXml, type XmlElement } from '../xml.ts';

export interface TopicConfiguration {
  readonly id: string;
  readonly topicArn: string;
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

/** The events that can be asked for, each with the names it stands for. */
const eventNames: Readonly<Record<string, readonly string[]>> = {
  's3:ObjectCreated:*': ['ObjectCreated:Put', 'ObjectCreated:Post', 'ObjectCreated:Copy'],
  's3:ObjectCreated:Put': ['ObjectCreated:Put'],
  's3:ObjectCreated:Post': ['ObjectCreated:Post'],
  's3:ObjectCreated:Copy': ['ObjectCreated:Copy'],
  's3:ObjectRemoved:*': ['ObjectRemoved:Delete'],
  's3:ObjectRemoved:Delete': ['ObjectRemoved:Delete'],
};

// What S3 also knows, and what therefore deserves "not here" and not "no such event".
const unsupportedEvent =
  /^s3:(ObjectCreated:CompleteMultipartUpload|ObjectRemoved:DeleteMarkerCreated|ReducedRedundancyLostObject|TestEvent|(ObjectRestore|Replication|LifecycleExpiration|LifecycleTransition|IntelligentTiering|ObjectTagging|ObjectAcl)(:.*)?)$/;

const configurationDocument = z.object({
  TopicConfiguration: z
    .array(
      z.object({
        Id: z.string().max(255).optional(),
        Topic: z.string().startsWith('arn:'),
        Event: z.array(z.string()).min(1),
        Filter: z
          .union([
            z.literal(''),
            z.object({
              S3Key: z.union([
                z.literal(''),
                z.object({
                  FilterRule: z.array(z.object({ Name: z.string(), Value: z.string() })).optional(),
                }),
              ]),
            }),
          ])
          .optional(),
      }),
    )
    .optional(),
});

const unsupportedDestination = /<(?:\w+:)?((?:Queue|CloudFunction|EventBridge)Configuration)\b/;

type Parsed = NonNullable<z.output<typeof configurationDocument>['TopicConfiguration']>[number];

/** @throws {S3Error} MalformedXML, InvalidArgument for wrong or overlapping rules, NotImplemented for other destinations. */
export function readNotificationConfiguration(body: Buffer): readonly TopicConfiguration[] {
  const text = body.toString('utf8');
  const foreign = unsupportedDestination.exec(text)?.[1];
  if (foreign !== undefined) {
    throw new S3Error('NotImplemented', { message: `This S3 notifies topics only, not a ${foreign}.` });
  }
  const lists = ['TopicConfiguration', 'Event', 'FilterRule'];
  const document = readXml(body, 'NotificationConfiguration', lists, configurationDocument);
  const configurations = (document.TopicConfiguration ?? []).map(fromParsed);
  for (const [index, configuration] of configurations.entries()) {
    if (configurations.slice(index + 1).some((other) => overlap(configuration, other))) {
      throw new S3Error('InvalidArgument', {
        message:
          'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
      });
    }
  }
  return configurations;
}

/** The configuration as GetBucketNotificationConfiguration answers it. */
export function writeNotificationConfiguration(
  configurations: readonly TopicConfiguration[],
): readonly XmlElement[] {
  return configurations.map((configuration): XmlElement => {
    const rules = [
      ['Prefix', configuration.prefix],
      ['Suffix', configuration.suffix],
    ].filter(([, value]) => value !== '');
    const filterRules = rules.map(([name, value]): XmlElement => {
      return [
        'FilterRule',
        [
          ['Name', name],
          ['Value', value],
        ],
      ];
    });
    return [
      'TopicConfiguration',
      [
        ['Id', configuration.id],
        ['Topic', configuration.topicArn],
        ...configuration.events.map((event): XmlElement => ['Event', event]),
        ['Filter', filterRules.length === 0 ? undefined : [['S3Key', filterRules]]],
      ],
    ];
  });
}

function checkEvent(event: string): void {
  if (Object.hasOwn(eventNames, event)) return;
  if (unsupportedEvent.test(event)) {
    throw new S3Error('NotImplemented', { message: `This S3 never emits ${event}.` });
  }
  throw new S3Error('InvalidArgument', {
    message: 'The event is not supported for notifications',
    details: { ArgumentName: 'Event', ArgumentValue: event },
  });
}

function readRule(rules: readonly { Name: string; Value: string }[], name: 'prefix' | 'suffix'): string {
  const matching = rules.filter((rule) => rule.Name.toLowerCase() === name);
  if (matching.length > 1) {
    throw new S3Error('InvalidArgument', {
      message: `Cannot specify more than one ${name} rule in a filter.`,
    });
  }
  return matching[0]?.Value ?? '';
}

function fromParsed(parsed: Parsed): TopicConfiguration {
  parsed.Event.forEach(checkEvent);
  const key = parsed.Filter === '' ? undefined : parsed.Filter?.S3Key;
  const rules = (key === '' ? undefined : key?.FilterRule) ?? [];
  if (rules.some((rule) => !['prefix', 'suffix'].includes(rule.Name.toLowerCase()))) {
    throw new S3Error('InvalidArgument', { message: 'filter rule name must be either prefix or suffix' });
  }
  return {
    id: parsed.Id || randomUUID(),
    topicArn: parsed.Topic,
    events: parsed.Event,
    prefix: readRule(rules, 'prefix'),
    suffix: readRule(rules, 'suffix'),
  };
}

function overlap(left: TopicConfiguration, right: TopicConfiguration): boolean {
  const names = (configuration: TopicConfiguration) =>
    configuration.events.flatMap((event) => eventNames[event] ?? []);
  return (
    names(left).some((name) => names(right).includes(name)) &&
    (left.prefix.startsWith(right.prefix) || right.prefix.startsWith(left.prefix)) &&
    (left.suffix.endsWith(right.suffix) || right.suffix.endsWith(left.suffix))
  );
}
