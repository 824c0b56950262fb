// The distribution as rules read it: what it answers by path, and from where.
import { list, type Statement } from '../support/policies.ts';
import type { ResolvedResource } from '../support/resolved-template.ts';
import { ofType, type Resources } from './rule.ts';

export interface Behavior {
  readonly PathPattern?: string;
  readonly TargetOriginId?: string;
  readonly ViewerProtocolPolicy?: string;
  readonly AllowedMethods?: readonly string[];
  readonly CachedMethods?: readonly string[];
  readonly Compress?: boolean;
  readonly CachePolicyId?: string;
  readonly OriginRequestPolicyId?: string;
  readonly ResponseHeadersPolicyId?: string;
  readonly TrustedKeyGroups?: readonly string[];
}

export interface Origin {
  readonly Id?: string;
  readonly DomainName?: string;
  readonly OriginAccessControlId?: string;
  readonly S3OriginConfig?: { readonly OriginAccessIdentity?: string };
  readonly CustomOriginConfig?: object;
}

export const renditionsPattern = '/renditions/*';

/** By path; `default` is what no other is for. */
export function behaviorsOf({ properties }: ResolvedResource): Map<string, Behavior> {
  const { DefaultCacheBehavior, CacheBehaviors } = properties.DistributionConfig;
  const others = list<Behavior>(CacheBehaviors).map((one) => [String(one.PathPattern), one] as const);
  return new Map([['default', DefaultCacheBehavior as Behavior], ...others]);
}

export function originOf(
  { properties }: ResolvedResource,
  behavior: Behavior | undefined,
): Origin | undefined {
  const origins = list<Origin>(properties.DistributionConfig.Origins);
  return origins.find(({ Id }) => Id !== undefined && Id === behavior?.TargetOriginId);
}

/** The bucket that the distribution answers from where no path says otherwise. */
export function pageBucketOf(resources: Resources): ResolvedResource | undefined {
  const [distribution] = ofType(resources, 'AWS::CloudFront::Distribution');
  const origin = distribution && originOf(distribution, behaviorsOf(distribution).get('default'));
  return ofType(resources, 'AWS::S3::Bucket').find(
    ({ name, properties }) =>
      name === origin?.DomainName && properties.NotificationConfiguration === undefined,
  );
}

/** Whether the distribution reads that bucket, and says who it is. */
export function signsItsReads(resources: Resources, origin: Origin | undefined, bucket: string): boolean {
  const access = resources.get(origin?.OriginAccessControlId ?? '')?.properties.OriginAccessControlConfig;
  return (
    origin?.DomainName === resources.get(bucket)?.name &&
    origin?.S3OriginConfig?.OriginAccessIdentity === '' &&
    access?.SigningBehavior === 'always' &&
    access.SigningProtocol === 'sigv4' &&
    access.OriginAccessControlOriginType === 's3'
  );
}

/** Whether the one statement of the bucket's policy that allows anybody anything is the distribution's, for that prefix. */
export function isAdmitted(
  resources: Resources,
  distribution: string,
  bucketId: string,
  prefix: string,
): boolean {
  const bucket = resources.get(bucketId);
  const allowed = ofType(resources, 'AWS::S3::BucketPolicy')
    .filter(({ properties }) => properties.Bucket === bucket?.name)
    .flatMap(({ properties }) => properties.PolicyDocument.Statement as Statement[])
    .filter(({ Effect }) => Effect === 'Allow');
  return (
    allowed.length === 1 &&
    allowed.every(
      ({ Principal, Action, Resource, Condition }) =>
        JSON.stringify(Principal) === '{"Service":"cloudfront.amazonaws.com"}' &&
        list(Action).join() === 's3:GetObject' &&
        list(Resource).join() === `${bucket?.arn}/${prefix}*` &&
        JSON.stringify(Condition) === JSON.stringify({ ArnEquals: { 'aws:SourceArn': distribution } }),
    )
  );
}

interface CachePolicy {
  readonly MinTTL?: number;
  readonly DefaultTTL?: number;
  readonly MaxTTL?: number;
  readonly ParametersInCacheKeyAndForwardedToOrigin?: Readonly<Record<string, unknown>>;
}

export const yearSeconds = 31_536_000;

/** Seconds that an answer is kept for: what it must be kept, what it is kept if it says nothing, and what it may be kept. */
export type Kept = readonly [least: number, unsaid: number, most: number];

/** Whether answers are kept so long, by their path alone and what compressions their reader knows. */
export function isKept(
  resources: Resources,
  id: string | undefined,
  kept: Kept,
  isCompressed: boolean,
): boolean {
  const policy: CachePolicy = resources.get(id ?? '')?.properties.CachePolicyConfig ?? {};
  return (
    [policy.MinTTL, policy.DefaultTTL, policy.MaxTTL].join() === kept.join() &&
    JSON.stringify(policy.ParametersInCacheKeyAndForwardedToOrigin) ===
      JSON.stringify({
        EnableAcceptEncodingGzip: isCompressed,
        EnableAcceptEncodingBrotli: isCompressed,
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: 'none' },
      })
  );
}

/** What an answer leaves with, whatever its origin said: header by header. */
export function headersOf(resources: Resources, id: string | undefined): Record<string, string> {
  const { SecurityHeadersConfig: own = {}, CustomHeadersConfig: custom } =
    resources.get(id ?? '')?.properties.ResponseHeadersPolicyConfig ?? {};
  const { StrictTransportSecurity, ContentTypeOptions, ContentSecurityPolicy, ReferrerPolicy } = own;
  const said: readonly (readonly [name: string, value: unknown, by: { Override?: boolean } | undefined])[] = [
    [
      'strict-transport-security',
      `max-age=${StrictTransportSecurity?.AccessControlMaxAgeSec}`,
      StrictTransportSecurity,
    ],
    ['x-content-type-options', 'nosniff', ContentTypeOptions],
    ['content-security-policy', ContentSecurityPolicy?.ContentSecurityPolicy, ContentSecurityPolicy],
    ['referrer-policy', ReferrerPolicy?.ReferrerPolicy, ReferrerPolicy],
    ...list<{ Header: string; Value: string; Override?: boolean }>(custom?.Items).map(
      (one) => [String(one.Header).toLowerCase(), one.Value, one] as const,
    ),
  ];
  return Object.fromEntries(
    said.filter(([, , by]) => by?.Override === true).map(([name, value]) => [name, String(value)]),
  );
}

export const isSame = (one: object, other: object): boolean =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
