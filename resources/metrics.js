// The metrics that alarms watch and that the dashboard shows, as CloudWatch knows them: a namespace, a name, dimensions.
// Names of resources are references for alarms and `${...}` of Fn::Sub for the dashboard: both are made from the latter.

const of = (Namespace) => (MetricName, dimensions) => ({ Namespace, MetricName, dimensions });

const sqs = of('AWS/SQS');
const sns = of('AWS/SNS');
const lambda = of('AWS/Lambda');
const api = of('AWS/ApiGateway');
const dynamoDb = of('AWS/DynamoDB');
const own = of('Darkroom');

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export const ofQueue = (queue, name) => sqs(name, { QueueName: `\${${queue}.QueueName}` });

/** https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html */
export const ofTopic = (topic, name) => sns(name, { TopicName: `\${${topic}.TopicName}` });

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export const ofFunction = (prefix, functionName, name) =>
  lambda(name, { FunctionName: `${prefix}-${functionName}` });

/** Of what is invoked through the alias, whichever version that leads to. */
export const ofAlias = (prefix, functionName, alias, name) =>
  lambda(name, {
    FunctionName: `${prefix}-${functionName}`,
    Resource: `${prefix}-${functionName}:${alias}`,
  });

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
export const ofApi = (name) => api(name, { ApiId: `\${HttpApi}` });

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html */
export const ofTable = (name, index) =>
  dynamoDb(name, { TableName: `\${ImagesTable}`, ...(index && { GlobalSecondaryIndexName: index }) });

/** What functions measure of themselves: shared/lambda/metrics.ts */
export const ofStage = (stage, name) => own(name, { stage });
export const ofWorker = (stage, worker, name) => own(name, { stage, worker });
