// What a resource of each type says, name by name. A setting that does not stand here is a finding: a filter, a delay, a managed
// policy or a policy of its own takes nothing away from what the other rules look at, and undoes it all the same.
import { isPolicyDocument } from '../mutation/statements.ts';
import { list } from '../support/policies.ts';
import type { Resources } from './rule.ts';

const known: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Api':
    'Name ProtocolType CorsConfiguration AllowHeaders AllowMethods AllowOrigins ExposeHeaders MaxAge',
  'AWS::ApiGatewayV2::Authorizer':
    'ApiId Name IdentitySource AuthorizerType JwtConfiguration Audience Issuer',
  'AWS::ApiGatewayV2::Integration':
    'ApiId IntegrationType IntegrationUri PayloadFormatVersion TimeoutInMillis',
  'AWS::ApiGatewayV2::Route': 'ApiId RouteKey Target AuthorizationType AuthorizerId AuthorizationScopes',
  'AWS::ApiGatewayV2::Stage':
    'ApiId StageName AutoDeploy DefaultRouteSettings ThrottlingRateLimit ThrottlingBurstLimit AccessLogSettings DestinationArn Format',
  'AWS::Budgets::Budget':
    'Budget BudgetName BudgetType TimeUnit BudgetLimit Amount Unit NotificationsWithSubscribers Notification NotificationType ComparisonOperator ThresholdType Threshold Subscribers SubscriptionType Address',
  'AWS::CloudFront::CachePolicy':
    'CachePolicyConfig Name MinTTL DefaultTTL MaxTTL ParametersInCacheKeyAndForwardedToOrigin EnableAcceptEncodingGzip EnableAcceptEncodingBrotli CookiesConfig CookieBehavior HeadersConfig HeaderBehavior QueryStringsConfig QueryStringBehavior',
  'AWS::CloudFront::Distribution':
    'DistributionConfig Comment Enabled HttpVersion IPV6Enabled DefaultRootObject Origins Id DomainName OriginAccessControlId S3OriginConfig OriginAccessIdentity CustomOriginConfig OriginProtocolPolicy OriginSSLProtocols DefaultCacheBehavior TargetOriginId ViewerProtocolPolicy AllowedMethods CachedMethods Compress CachePolicyId ResponseHeadersPolicyId CacheBehaviors PathPattern OriginRequestPolicyId TrustedKeyGroups Aliases ViewerCertificate AcmCertificateArn MinimumProtocolVersion SslSupportMethod',
  'AWS::CloudFront::KeyGroup': 'KeyGroupConfig Name Items',
  'AWS::CloudFront::OriginAccessControl':
    'OriginAccessControlConfig Name OriginAccessControlOriginType SigningBehavior SigningProtocol',
  'AWS::CloudFront::PublicKey': 'PublicKeyConfig Name CallerReference EncodedKey',
  'AWS::CloudFront::ResponseHeadersPolicy':
    'ResponseHeadersPolicyConfig Name SecurityHeadersConfig StrictTransportSecurity AccessControlMaxAgeSec Override ContentTypeOptions ContentSecurityPolicy ReferrerPolicy CustomHeadersConfig Items Header Value CorsConfig AccessControlAllowCredentials AccessControlAllowHeaders AccessControlAllowMethods AccessControlAllowOrigins OriginOverride',
  'AWS::CloudWatch::Alarm':
    'AlarmName AlarmDescription Namespace MetricName Dimensions Name Value Period Statistic ExtendedStatistic EvaluationPeriods DatapointsToAlarm Threshold ComparisonOperator TreatMissingData AlarmActions OKActions Metrics Id Expression Label ReturnData MetricStat Metric Stat',
  'AWS::CloudWatch::Dashboard': 'DashboardName DashboardBody',
  'AWS::CodeDeploy::Application': 'ApplicationName ComputePlatform',
  'AWS::CodeDeploy::DeploymentGroup':
    'ApplicationName DeploymentGroupName ServiceRoleArn DeploymentConfigName DeploymentStyle DeploymentType DeploymentOption AutoRollbackConfiguration Enabled Events AlarmConfiguration IgnorePollAlarmFailure Alarms Name',
  'AWS::Cognito::UserPool':
    'UserPoolName DeletionProtection AdminCreateUserConfig AllowAdminCreateUserOnly AutoVerifiedAttributes UsernameAttributes Policies PasswordPolicy MinimumLength',
  'AWS::Cognito::UserPoolClient':
    'UserPoolId ClientName GenerateSecret AllowedOAuthFlowsUserPoolClient AllowedOAuthFlows AllowedOAuthScopes CallbackURLs LogoutURLs SupportedIdentityProviders PreventUserExistenceErrors EnableTokenRevocation AccessTokenValidity TokenValidityUnits AccessToken',
  'AWS::Cognito::UserPoolDomain': 'UserPoolId Domain',
  'AWS::Cognito::UserPoolResourceServer': 'UserPoolId Identifier Name Scopes ScopeName ScopeDescription',
  'AWS::DynamoDB::Table':
    'TableName BillingMode DeletionProtectionEnabled AttributeDefinitions AttributeName AttributeType KeySchema KeyType GlobalSecondaryIndexes IndexName Projection ProjectionType TimeToLiveSpecification Enabled PointInTimeRecoverySpecification PointInTimeRecoveryEnabled',
  'AWS::Events::Rule': 'ScheduleExpression State Targets Arn Id',
  'AWS::IAM::Role': 'AssumeRolePolicyDocument Policies PolicyName PolicyDocument',
  'AWS::Lambda::Alias': 'FunctionName FunctionVersion Name',
  'AWS::Lambda::EventSourceMapping':
    'BatchSize EventSourceArn FunctionName Enabled FunctionResponseTypes ScalingConfig MaximumConcurrency',
  'AWS::Lambda::Function':
    'Code S3Bucket S3Key Handler Runtime FunctionName MemorySize Timeout Architectures Environment Variables Role LoggingConfig ApplicationLogLevel LogFormat SystemLogLevel Layers',
  'AWS::Lambda::LayerVersion': 'LayerName Content S3Bucket S3Key CompatibleRuntimes CompatibleArchitectures',
  'AWS::Lambda::Permission': 'FunctionName Action Principal SourceArn',
  'AWS::Lambda::Version': 'FunctionName CodeSha256',
  'AWS::Logs::LogGroup': 'LogGroupName RetentionInDays',
  'AWS::S3::Bucket':
    'BucketName OwnershipControls Rules ObjectOwnership PublicAccessBlockConfiguration BlockPublicAcls BlockPublicPolicy IgnorePublicAcls RestrictPublicBuckets BucketEncryption ServerSideEncryptionConfiguration ServerSideEncryptionByDefault SSEAlgorithm VersioningConfiguration Status LifecycleConfiguration Id NoncurrentVersionExpiration NoncurrentDays ExpiredObjectDeleteMarker AbortIncompleteMultipartUpload DaysAfterInitiation CorsConfiguration CorsRules AllowedOrigins AllowedMethods AllowedHeaders ExposedHeaders MaxAge NotificationConfiguration TopicConfigurations Event Topic Filter S3Key Name Value',
  'AWS::S3::BucketPolicy': 'Bucket PolicyDocument',
  'AWS::SecretsManager::Secret': 'GenerateSecretString PasswordLength ExcludePunctuation',
  'AWS::SNS::Subscription': 'TopicArn Protocol Endpoint RawMessageDelivery RedrivePolicy deadLetterTargetArn',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SNS::TopicPolicy': 'Topics PolicyDocument',
  'AWS::SQS::Queue':
    'QueueName VisibilityTimeout MessageRetentionPeriod SqsManagedSseEnabled RedrivePolicy deadLetterTargetArn maxReceiveCount RedriveAllowPolicy redrivePermission sourceQueueArns',
  'AWS::SQS::QueuePolicy': 'Queues PolicyDocument',
};
const ofStatement = 'Sid Effect Principal Action Resource Condition';
/** Whose names are the template's own. */
const free = ['Variables'];

/** Nothing is said of a resource that no rule looks at. */
export const knownNames = (resources: Resources): string[] =>
  [...resources.values()].flatMap(({ logicalId, type, properties }) => {
    const names = new Set((known[type] ?? '').split(' '));
    return [...saidIn(properties, names)].map((name) => `${logicalId} says ${name}, which no rule knows`);
  });

function* saidIn(value: unknown, names: ReadonlySet<string>): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  if (isPolicyDocument(value)) {
    for (const name of Object.keys(value)) if (!['Version', 'Statement'].includes(name)) yield name;
    yield* list<object>(value.Statement).flatMap((statement) =>
      Object.keys(statement).filter((name) => !ofStatement.split(' ').includes(name)),
    );
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    if (inner === undefined) continue;
    if (!Array.isArray(value) && !names.has(name)) yield name;
    else if (!free.includes(name)) yield* saidIn(inner, names);
  }
}

/** The language of 2012: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html */
export const policyVersions = (resources: Resources): string[] =>
  [...resources.values()].flatMap(({ logicalId, properties }) =>
    [...documentsIn(properties)]
      .filter(({ Version }) => Version !== '2012-10-17')
      .map(({ Version }) => `${logicalId} has a policy of the language of ${Version ?? '2008'}`),
  );

function* documentsIn(value: unknown): Generator<{ readonly Version?: string; readonly Statement: unknown }> {
  if (typeof value !== 'object' || value === null) return;
  if (isPolicyDocument(value)) yield { ...value };
  else for (const inner of Object.values(value)) yield* documentsIn(inner);
}
