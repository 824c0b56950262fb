// What the API, and who may call it, must say.
import { operations } from '../../../shared/api/contract/operations.ts';
import { arnOf, given, is, like, ofStage, refTo, type Settings, within } from './value.ts';

const api = refTo('AWS::ApiGatewayV2::Api');
const pool = refTo('AWS::Cognito::UserPool');

export const settingsOfApi: Settings = {
  'AWS::ApiGatewayV2::Api': {
    Name: given,
    ProtocolType: is('HTTP'),
  },
  'AWS::ApiGatewayV2::Stage': {
    ApiId: api,
    StageName: is('$default'),
    AutoDeploy: is(true),
    'AccessLogSettings.DestinationArn': arnOf('AWS::Logs::LogGroup'),
  },
  'AWS::ApiGatewayV2::Authorizer': {
    ApiId: api,
    Name: given,
    AuthorizerType: is('JWT'),
    IdentitySource: is(['$request.header.Authorization']),
    // The stack's own pool and its client, where it brings one.
    'JwtConfiguration.Audience[]': refTo('AWS::Cognito::UserPoolClient'),
    'JwtConfiguration.Issuer': pool,
  },
  'AWS::ApiGatewayV2::Integration': {
    ApiId: api,
    IntegrationType: is('AWS_PROXY'),
    IntegrationUri: arnOf('AWS::Lambda::Alias'),
    PayloadFormatVersion: is('2.0'),
    // The most that an HTTP API waits for.
    TimeoutInMillis: is(30_000),
  },
  'AWS::ApiGatewayV2::Route': {
    ApiId: api,
    RouteKey: is('$default', ...operations.map(({ method, path }) => `${method} ${path}`)),
    Target: (value, _resource, { resources }) =>
      typeof value === 'string' &&
      resources.get(value.replace('integrations/', ''))?.type === 'AWS::ApiGatewayV2::Integration',
  },
  'AWS::Cognito::UserPool': {
    UserPoolName: ofStage,
    'AdminCreateUserConfig.AllowAdminCreateUserOnly': is(true),
    AutoVerifiedAttributes: is(['email']),
    UsernameAttributes: is(['email']),
    'Policies.PasswordPolicy.MinimumLength': within(12, 99),
  },
  'AWS::Cognito::UserPoolResourceServer': {
    UserPoolId: pool,
    Identifier: is('darkroom'),
    Name: given,
    'Scopes[].ScopeName': is('images'),
    'Scopes[].ScopeDescription': given,
  },
  'AWS::Cognito::UserPoolClient': {
    UserPoolId: pool,
    ClientName: given,
    GenerateSecret: is(false),
    AllowedOAuthFlowsUserPoolClient: is(true),
    AllowedOAuthFlows: is(['code']),
    AllowedOAuthScopes: is(['openid', 'email', 'darkroom/images']),
    // By TLS, or on a developer's own machine.
    'CallbackURLs[]': like(/^https:\/\/|^http:\/\/localhost[:/]/),
    'LogoutURLs[]': like(/^https:\/\/|^http:\/\/localhost[:/]/),
    SupportedIdentityProviders: is(['COGNITO']),
    PreventUserExistenceErrors: is('ENABLED'),
    EnableTokenRevocation: is(true),
    AccessTokenValidity: within(5, 60),
    'TokenValidityUnits.AccessToken': is('minutes'),
  },
  'AWS::Cognito::UserPoolDomain': { UserPoolId: pool, Domain: ofStage },
};
