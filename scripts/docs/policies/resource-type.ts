// What one type of resource takes, and what types of the same service have in common.

export interface ResourceType {
  /** `service:`, and what follows it. */
  readonly service: string;
  readonly actions: readonly string[];
  /** Names begin with the service's everywhere; where AWS makes up an ID, nothing but the type can be told. */
  readonly resources: readonly string[];
  /** Actions that know no resource. */
  readonly anywhere?: readonly string[];
  /** Of another service, in full. They know no resource either. */
  readonly also?: readonly string[];
  /** The service that is handed a role of the stack. */
  readonly passesRoleTo?: string;
}

export const crud = (thing: string, read = 'Get') =>
  ['Create', read, 'Update', 'Delete'].map((verb) => `${verb}${thing}`);
export const tags = ['TagResource', 'UntagResource', 'ListTagsForResource'] as const;

export const api: ResourceType = {
  service: 'apigateway',
  actions: ['POST', 'GET', 'PATCH', 'PUT', 'DELETE', 'TagResource', 'UntagResource'],
  resources: ['apis', 'apis/*', 'tags/*'].map((path) => `arn:aws:apigateway:*::/${path}`),
};
export const accessLog = [
  ...['CreateLogDelivery', 'GetLogDelivery', 'UpdateLogDelivery', 'DeleteLogDelivery', 'ListLogDeliveries'],
  ...['PutResourcePolicy', 'DescribeResourcePolicies', 'DescribeLogGroups'],
].map((action) => `logs:${action}`);
export const alarm: ResourceType = {
  service: 'cloudwatch',
  actions: ['PutMetricAlarm', 'DescribeAlarms', 'DeleteAlarms', ...tags],
  resources: ['arn:aws:cloudwatch:*:*:alarm:darkroom-*'],
};
export const userPool = (actions: readonly string[], anywhere: readonly string[] = []): ResourceType => ({
  service: 'cognito-idp',
  actions,
  anywhere,
  resources: ['arn:aws:cognito-idp:*:*:userpool/*'],
});
export const lambda = (actions: readonly string[]): ResourceType => ({
  service: 'lambda',
  actions,
  resources: ['arn:aws:lambda:*:*:function:darkroom-*'],
});
export const bucket = (actions: readonly string[]): ResourceType => ({
  service: 's3',
  actions,
  resources: ['arn:aws:s3:::darkroom-*'],
});
export const topic = (actions: readonly string[]): ResourceType => ({
  service: 'sns',
  actions,
  resources: ['arn:aws:sns:*:*:darkroom-*'],
});
export const queue = (actions: readonly string[]): ResourceType => ({
  service: 'sqs',
  actions,
  resources: ['arn:aws:sqs:*:*:darkroom-*'],
});
/** CloudFront makes up the IDs of all it has. */
export const cloudFront = (actions: readonly string[]): ResourceType => ({
  service: 'cloudfront',
  actions,
  resources: ['arn:aws:cloudfront::*:*'],
});
