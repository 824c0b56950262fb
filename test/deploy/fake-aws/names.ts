// The names that an account holds: what CloudFormation refuses to make twice. Bucket names are the whole world's, names of
// roles and dashboards the account's, all others a region's.

export const account = '111122223333';

const nameProperties: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::CodeDeploy::Application': 'ApplicationName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::Events::Rule': 'Name',
  'AWS::Cognito::UserPoolDomain': 'Domain',
};
const worldwide = ['AWS::S3::Bucket', 'AWS::IAM::Role', 'AWS::CloudWatch::Dashboard'];

/** The property that names a resource of the type, if there is one. */
export function nameProperty(type: string): string | undefined {
  return nameProperties[type];
}

/** What is taken, each with the stack that took it: of two resources, one address means that the second cannot be made. */
export class Names {
  readonly #taken = new Set<string>();

  /** @returns false when somebody has the name already; types that take none are never taken */
  take(region: string, type: string, name: string): boolean {
    if (nameProperty(type) === undefined) return true;
    const address = addressOf(region, type, name);
    if (this.#taken.has(address)) return false;
    this.#taken.add(address);
    return true;
  }

  isTaken(region: string, type: string, name: string): boolean {
    return this.#taken.has(addressOf(region, type, name));
  }

  give(region: string, type: string, name: string): void {
    this.#taken.delete(addressOf(region, type, name));
  }
}

function addressOf(region: string, type: string, name: string): string {
  return [worldwide.includes(type) ? 'world' : region, type, name].join(' ');
}
