// The rules of the API's stage and of log groups, as functions over a resolved template: each answers what breaks it.
import { ofType, type Resources } from './rule.ts';

/**
 * A page has use for so much; and the most is a fraction of what API Gateway gives a whole account at first.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const limits = { ThrottlingRateLimit: [20, 1000], ThrottlingBurstLimit: [20, 1000] } as const;

/** Whoever calls too often is refused before anything runs that costs. */
export function throttlingViolations(resources: Resources): string[] {
  return ofType(resources, 'AWS::ApiGatewayV2::Stage').flatMap(({ logicalId, properties }) =>
    Object.entries(limits)
      .filter(([name, [least, most]]) => {
        const limit = Number(properties.DefaultRouteSettings?.[name]);
        return !(limit >= least && limit <= most);
      })
      .map(([name]) => `${logicalId} has no ${name} of its own`),
  );
}

/** What a line of the access log has to say, and what it may. */
const wanted = [
  ...['$context.requestId', '$context.routeKey', '$context.status', '$context.responseLatency'],
  '$context.authorizer.error',
];
const harmless = [
  ...wanted,
  ...['$context.requestTime', '$context.integrationLatency', '$context.responseLength'],
  '$context.integrationErrorMessage',
];

/** Each request leaves a line in a log group of the stack's own, with nothing private in it. */
export function accessLogViolations(resources: Resources): string[] {
  return ofType(resources, 'AWS::ApiGatewayV2::Stage').flatMap(({ logicalId, properties }) => {
    const { DestinationArn, Format = '' } = properties.AccessLogSettings ?? {};
    const group = ofType(resources, 'AWS::Logs::LogGroup').find(({ arn }) => arn === DestinationArn);
    if (group === undefined) return [`${logicalId} leaves no access log`];
    const said: readonly string[] = Format.match(/\$context[\w.]*/g) ?? [];
    return [
      ...(isJson(Format) ? [] : [`${logicalId} leaves lines that are no JSON`]),
      ...wanted.filter((name) => !said.includes(name)).map((name) => `the access log lacks ${name}`),
      ...said.filter((name) => !harmless.includes(name)).map((name) => `the access log tells ${name}`),
    ];
  });
}

/** With each variable in quotes it is as much one before API Gateway has put values in. */
function isJson(format: string): boolean {
  try {
    return typeof JSON.parse(format) === 'object';
  } catch {
    return false;
  }
}

/** Nothing is logged for ever. */
export function logRetentionViolations(resources: Resources): string[] {
  return ofType(resources, 'AWS::Logs::LogGroup')
    .filter(({ properties }) => !(Number(properties.RetentionInDays) > 0))
    .map(({ logicalId }) => `${logicalId} is kept for ever`);
}
