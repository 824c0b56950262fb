// A distribution before the renditions serves them alone, to whom they are meant for, in a safe way; the bucket knows it.
import { list, type Statement } from '../support/policies.ts';
import { functionsOf } from './functions.ts';
import { ofType, type Resources } from './rule.ts';

const yearSeconds = 31_536_000;

export const deliveryViolations = (resources: Resources): string[] =>
  ofType(resources, 'AWS::CloudFront::Distribution').flatMap((distribution) => {
    const { logicalId, arn } = distribution;
    const { DistributionConfig: settings } = distribution.properties;
    const { DefaultCacheBehavior: behavior, Origins: origins } = settings;
    const wanted: readonly (readonly [holds: boolean, otherwise: string])[] = [
      [settings.Enabled === true, 'serves nothing'],
      [settings.HttpVersion === 'http2and3', 'does not speak HTTP/2 and 3'],
      [settings.IPV6Enabled === true, 'cannot be reached by IPv6'],
      [behavior.ViewerProtocolPolicy === 'https-only', 'answers without TLS'],
      [list(behavior.AllowedMethods).join() === 'GET,HEAD', 'lets more than reading through'],
      [list(behavior.CachedMethods).join() === 'GET,HEAD', 'does not cache what it reads'],
      [behavior.Compress === false, 'compresses pictures once more'],
      [
        settings.Aliases === undefined ||
          settings.ViewerCertificate?.MinimumProtocolVersion === 'TLSv1.2_2021',
        'speaks an old TLS',
      ],
      [origins.length === 1 && signsItsReads(resources, origins[0]), 'reads the bucket as anybody'],
      [
        isImmutable(resources, behavior.CachePolicyId),
        'forgets what never changes, or keeps it by more than its key',
      ],
      [
        hasSafeHeaders(resources, behavior.ResponseHeadersPolicyId),
        'leaves browsers to guess what a picture may do',
      ],
      [isAdmitted(resources, arn), 'may not read renditions, or is not alone in it'],
    ];
    return wanted.filter(([holds]) => !holds).map(([, otherwise]) => `${logicalId} ${otherwise}`);
  });

/** Of every stage but those whose renditions are public by parameter. */
export const privacyViolations = (resources: Resources): string[] =>
  ofType(resources, 'AWS::CloudFront::Distribution').flatMap(({ logicalId, properties }) => {
    const { TrustedKeyGroups } = properties.DistributionConfig.DefaultCacheBehavior;
    const groups = list<string>(TrustedKeyGroups).map((name) => resources.get(name));
    const isSigned =
      groups.length === 1 && groups.every((group) => group?.type === 'AWS::CloudFront::KeyGroup');
    if (!isSigned) return [`${logicalId} serves whoever has an address`];
    const keys = list<string>(groups[0]?.properties.KeyGroupConfig.Items);
    const own = keys.filter((name) => resources.get(name)?.type === 'AWS::CloudFront::PublicKey');
    return [
      ...(own.length > 0 && own.length === keys.length
        ? []
        : [`${logicalId} trusts no key of this template`]),
      ...signersOf(resources)
        .filter(({ keyId, privateKey }) => !own.includes(keyId) || !isHalfOf(privateKey, keyId))
        .map((signer) => `${signer.logicalId} signs with a key that nobody trusts`),
    ];
  });

/** Whoever deletes renditions has them forgotten at that distribution, and at no other. */
export const forgettingViolations = (resources: Resources): string[] => {
  const arns = ofType(resources, 'AWS::CloudFront::Distribution').map(({ arn }) => arn);
  if (arns.length === 0) return [];
  return ofType(resources, 'AWS::IAM::Role').flatMap(({ logicalId, properties }) => {
    const statements = list<{ PolicyDocument: { Statement: Statement[] } }>(properties.Policies).flatMap(
      ({ PolicyDocument }) => PolicyDocument.Statement,
    );
    const deletes = statements.some(
      ({ Action, Resource }) =>
        list(Action).includes('s3:DeleteObject') &&
        list(Resource).some((arn) => arn.endsWith('/renditions/*')),
    );
    const forgets = statements.filter(({ Action }) =>
      list(Action).some((one) => one.startsWith('cloudfront:')),
    );
    const isNarrow = forgets.every(
      ({ Action, Resource }) =>
        list(Action).join() === 'cloudfront:CreateInvalidation' && list(Resource).join() === arns.join(),
    );
    return [
      ...(deletes && forgets.length === 0 ? [`${logicalId} deletes what caches keep`] : []),
      ...(isNarrow ? [] : [`${logicalId} may do more to distributions than have them forget`]),
    ];
  });
};

/** The functions that are told where renditions are. */
const signersOf = (resources: Resources) =>
  functionsOf(resources).flatMap(({ logicalId, properties }) => {
    const { DELIVERY_URL, DELIVERY_KEY_ID, DELIVERY_PRIVATE_KEY } = properties.Environment?.Variables ?? {};
    return DELIVERY_URL === undefined
      ? []
      : [{ logicalId, keyId: String(DELIVERY_KEY_ID), privateKey: String(DELIVERY_PRIVATE_KEY) }];
  });

/** Whether the reference is to the secret that `npm run delivery-keys` made with the key. */
const isHalfOf = (reference: string, keyId: string) =>
  reference.startsWith('{{resolve:secretsmanager:darkroom/') &&
  reference.endsWith(`/delivery-key-${keyId.replace('DeliveryKey', '')}}}`);

function signsItsReads(
  resources: Resources,
  origin: { DomainName: string; OriginAccessControlId?: string; S3OriginConfig?: object },
): boolean {
  const access = resources.get(origin.OriginAccessControlId ?? '')?.properties.OriginAccessControlConfig;
  return (
    origin.DomainName === resources.get('RenditionsBucket')?.name &&
    origin.S3OriginConfig !== undefined &&
    access?.SigningBehavior === 'always' &&
    access.SigningProtocol === 'sigv4' &&
    access.OriginAccessControlOriginType === 's3'
  );
}

/** A least time to live counts against what is stored with the object, too: that is `private`. */
function isImmutable(resources: Resources, id: string): boolean {
  const {
    MinTTL,
    DefaultTTL,
    MaxTTL,
    ParametersInCacheKeyAndForwardedToOrigin: key,
  } = resources.get(id)?.properties.CachePolicyConfig ?? {};
  return (
    [MinTTL, DefaultTTL, MaxTTL].every((seconds) => seconds === yearSeconds) &&
    key.CookiesConfig.CookieBehavior === 'none' &&
    key.HeadersConfig.HeaderBehavior === 'none' &&
    key.QueryStringsConfig.QueryStringBehavior === 'none'
  );
}

function hasSafeHeaders(resources: Resources, id: string): boolean {
  const { SecurityHeadersConfig: headers = {}, CorsConfig: cors } =
    resources.get(id)?.properties.ResponseHeadersPolicyConfig ?? {};
  const { StrictTransportSecurity: hsts, ContentTypeOptions: sniffing, ContentSecurityPolicy: csp } = headers;
  return (
    hsts?.AccessControlMaxAgeSec === yearSeconds &&
    hsts.Override === true &&
    sniffing?.Override === true &&
    csp?.Override === true &&
    csp.ContentSecurityPolicy === "default-src 'none'; sandbox" &&
    cors?.AccessControlAllowCredentials !== true
  );
}

/** The one statement of the bucket's policy that allows anybody anything. */
function isAdmitted(resources: Resources, distribution: string): boolean {
  const bucket = resources.get('RenditionsBucket');
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
        list(Resource).join() === `${bucket?.arn}/renditions/*` &&
        JSON.stringify(Condition) === JSON.stringify({ ArnEquals: { 'aws:SourceArn': distribution } }),
    )
  );
}
