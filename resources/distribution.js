// What the distribution has beside the renditions: the page, and the API at the page's own origin.

/** A bucket that the distribution alone reads. */
export const bucketOrigin = (Id, bucket) => ({
  Id,
  DomainName: { 'Fn::GetAtt': [bucket, 'RegionalDomainName'] },
  OriginAccessControlId: { 'Fn::GetAtt': ['DeliveryOriginAccess', 'Id'] },
  // No identity of the older kind: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
  S3OriginConfig: { OriginAccessIdentity: '' },
});

export const apiOrigin = {
  Id: 'api',
  DomainName: { 'Fn::Sub': `\${HttpApi}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}` },
  CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
};

/** Whoever types the host without `https://` is led there. */
export const pageBehavior = {
  TargetOriginId: 'page',
  ViewerProtocolPolicy: 'redirect-to-https',
  AllowedMethods: ['GET', 'HEAD'],
  CachedMethods: ['GET', 'HEAD'],
  Compress: true,
  CachePolicyId: { Ref: 'PageCachePolicy' },
  ResponseHeadersPolicyId: { Ref: 'PageResponseHeaders' },
};

// AWS's own, the same in every account.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

/** One for each path of the API that wants a token: a route that is added is there by being in serverless.yml. */
export async function apiBehaviors({ resolveVariable }) {
  const functions = Object.values(await resolveVariable('self:functions'));
  const routes = functions.flatMap(({ events }) => events.flatMap(({ httpApi }) => httpApi ?? []));
  const guarded = routes.filter(({ authorizer }) => authorizer !== undefined);
  const patterns = new Set(guarded.map(({ path }) => path.replace(/\{.*$/, '*')));
  return [...patterns].map((PathPattern) => ({
    PathPattern,
    TargetOriginId: 'api',
    ViewerProtocolPolicy: 'https-only',
    // CloudFront knows no smaller set with POST and DELETE in it.
    AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
    CachedMethods: ['GET', 'HEAD'],
    Compress: false,
    CachePolicyId: cachingDisabled,
    OriginRequestPolicyId: allViewerExceptHostHeader,
    ResponseHeadersPolicyId: { Ref: 'PageResponseHeaders' },
  }));
}
