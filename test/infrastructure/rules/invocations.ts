// Every function is invoked by something, through its alias, and that something may invoke it.
import { list } from '../support/policies.ts';
import { aliasOfFunction, functionsOf } from './functions.ts';
import { ofType, type Resources } from './rule.ts';

export const invocations = (resources: Resources): string[] =>
  functionsOf(resources).flatMap((one) => {
    const { logicalId } = one;
    const alias = aliasOfFunction(resources, one);
    const isIt = (value: unknown) => alias !== undefined && value === alias.arn;
    const integrations = ofType(resources, 'AWS::ApiGatewayV2::Integration').filter(({ properties }) =>
      isIt(properties.IntegrationUri),
    );
    const routes = ofType(resources, 'AWS::ApiGatewayV2::Route').filter(({ properties }) =>
      integrations.some((one) => properties.Target === `integrations/${one.logicalId}`),
    );
    const schedules = ofType(resources, 'AWS::Events::Rule').filter(({ properties }) =>
      list<{ Arn?: string }>(properties.Targets).some(({ Arn }) => isIt(Arn)),
    );
    const mappings = ofType(resources, 'AWS::Lambda::EventSourceMapping').filter(({ properties }) =>
      isIt(properties.FunctionName),
    );
    const permitted = ofType(resources, 'AWS::Lambda::Permission')
      .filter(({ properties }) => isIt(properties.FunctionName))
      .map(({ properties }) => properties);
    const lets = (principal: string, source: RegExp) =>
      permitted.some(({ Principal, SourceArn }) => Principal === principal && source.test(String(SourceArn)));
    return [
      ...(routes.length + schedules.length + mappings.length > 0
        ? []
        : [`${logicalId} is invoked by nothing`]),
      ...(routes.length === 0 || lets('apigateway.amazonaws.com', /:execute-api:[\w-]+:\d{12}:\w+\/\*$/)
        ? []
        : [`${logicalId} may not be invoked by its API alone`]),
      ...schedules
        .filter((schedule) => !lets('events.amazonaws.com', new RegExp(`:rule/${schedule.logicalId}$`)))
        .map((schedule) => `${logicalId} may not be invoked by ${schedule.logicalId} alone`),
    ];
  });
