// Pages: the same origins may call the API, upload and look, by the methods and headers that a client needs. The stack's own page
// calls and looks at its own origin, and uploads from there.
import { list } from '../support/policies.ts';
import { behaviorsOf, pageBucketOf, renditionsPattern } from './distribution.ts';
import { ofType, type Resources } from './rule.ts';

const bucketMethods = [['GET'], ['GET', 'PUT', 'POST']];
const headers = ['authorization', 'content-type', 'if-none-match'];
const exposed = ['etag', 'location', 'retry-after', 'www-authenticate', 'x-request-id'];
const uploadHeaders = ['content-type', 'if-none-match', 'x-amz-*'];

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const isHeldFor = (seconds: unknown) => Number(seconds) >= 60 && Number(seconds) <= 86_400;

const ofEdge = (Items: readonly string[]) => ({
  AccessControlAllowCredentials: false,
  AccessControlAllowHeaders: { Items: ['*'] },
  AccessControlAllowMethods: { Items: ['GET'] },
  AccessControlAllowOrigins: { Items },
  OriginOverride: true,
});

export const cors = (resources: Resources, { stage }: { readonly stage: string }): string[] => {
  const [api] = ofType(resources, 'AWS::ApiGatewayV2::Api');
  const routes = ofType(resources, 'AWS::ApiGatewayV2::Route').map(({ properties }) =>
    String(properties.RouteKey),
  );
  const methods = new Set(routes.filter((key) => key.includes(' ')).map((key) => key.split(' ')[0]));
  const ofApi = api?.properties.CorsConfiguration;
  const origins: readonly string[] = ofApi?.AllowOrigins ?? [];
  const isFit =
    ofApi === undefined ||
    (origins.length > 0 &&
      same(ofApi.AllowHeaders, headers) &&
      same(ofApi.ExposeHeaders, exposed) &&
      same(list<string>(ofApi.AllowMethods).toSorted(), [...methods].sort()) &&
      isHeldFor(ofApi.MaxAge));
  const [distribution] = ofType(resources, 'AWS::CloudFront::Distribution');
  const host = distribution?.properties.DistributionConfig.Aliases?.[0] ?? distribution?.name;
  const own = host === undefined || origins.includes('*') ? [] : [`https://${host}`];
  const buckets = ofType(resources, 'AWS::S3::Bucket').filter(({ name, properties }) => {
    const [rule, ...others] = list<Record<string, unknown>>(properties.CorsConfiguration?.CorsRules);
    const takesUploads = properties.NotificationConfiguration !== undefined;
    if (name === pageBucketOf(resources)?.name) return rule !== undefined;
    const admitted = [...origins, ...(takesUploads ? own : [])];
    if (admitted.length === 0) return rule !== undefined;
    return !(
      others.length === 0 &&
      same(rule?.['AllowedOrigins'], admitted) &&
      same(rule?.['AllowedMethods'], bucketMethods[takesUploads ? 1 : 0]) &&
      same(rule?.['AllowedHeaders'], takesUploads ? uploadHeaders : undefined) &&
      same(rule?.['ExposedHeaders'], takesUploads ? ['ETag'] : undefined) &&
      isHeldFor(rule?.['MaxAge'])
    );
  });
  const ofRenditions = distribution && behaviorsOf(distribution).get(renditionsPattern);
  const edges = ofType(resources, 'AWS::CloudFront::ResponseHeadersPolicy').filter(({ name, properties }) => {
    const { AccessControlMaxAgeSec, ...rule } = properties.ResponseHeadersPolicyConfig.CorsConfig ?? {};
    return ofApi === undefined || name !== ofRenditions?.ResponseHeadersPolicyId
      ? Object.keys(rule).length > 0
      : !same(rule, ofEdge(origins)) || !isHeldFor(AccessControlMaxAgeSec);
  });
  return [
    ...(isFit ? [] : ['HttpApi lets pages do other than they need']),
    ...(origins.includes('*') && !['dev', 'test'].includes(stage) ? ['HttpApi lets every page in'] : []),
    ...[...buckets, ...edges].map(
      ({ logicalId }) => `${logicalId} lets other pages in than the API, or to do something else`,
    ),
  ];
};
