// The page behind the distribution: its files from a bucket of their own under the laptop's strict headers, the API at its
// origin, and a way back to it from signing in.
import { pageHeaders } from '../../../scripts/local/page/headers.ts';
import { list } from '../support/policies.ts';
import type { ResolvedResource } from '../support/resolved-template.ts';
import {
  type Behavior,
  behaviorsOf,
  headersOf,
  isAdmitted,
  isKept,
  isSame,
  originOf,
  renditionsPattern,
  signsItsReads,
  yearSeconds,
} from './distribution.ts';
import { type Deployment, ofType, type Resources } from './rule.ts';

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
const anyMethod = 'GET,HEAD,OPTIONS,PUT,PATCH,POST,DELETE';

export const pageViolations = (resources: Resources, deployment: Deployment): string[] =>
  ofType(resources, 'AWS::CloudFront::Distribution').flatMap((distribution) => {
    const { logicalId, arn, name } = distribution;
    const { DefaultRootObject, Aliases } = distribution.properties.DistributionConfig;
    const behaviors = behaviorsOf(distribution);
    const page = behaviors.get('default') ?? {};
    const pages = `https://${Aliases?.[0] ?? name}/`;
    const wanted: readonly (readonly [holds: boolean, otherwise: string])[] = [
      [DefaultRootObject === 'index.html', 'shows no page to whoever comes to it'],
      [page.ViewerProtocolPolicy === 'redirect-to-https', 'shows the page without TLS'],
      [list(page.AllowedMethods).join() === 'GET,HEAD', 'lets more than reading through to the page'],
      [list(page.CachedMethods).join() === 'GET,HEAD', 'does not cache the page'],
      [page.TrustedKeyGroups === undefined, 'shows the page to nobody'],
      [page.OriginRequestPolicyId === undefined, 'tells the bucket of the page what its viewer said'],
      // The first that fits a path answers.
      [
        list(distribution.properties.DistributionConfig.CacheBehaviors).length === behaviors.size - 1,
        'answers a path in two ways',
      ],
      [
        page.Compress === true && isKept(resources, page.CachePolicyId, [1, 1, yearSeconds], true),
        'keeps the page longer than its files say, or sends it uncompressed',
      ],
      [
        signsItsReads(resources, originOf(distribution, page), 'PageBucket'),
        'reads the bucket of the page as anybody',
      ],
      [isAdmitted(resources, arn, 'PageBucket', ''), 'may not read the page, or is not alone in it'],
      [isStrict(resources, page, deployment), 'lets the page do more than the laptop does'],
      [
        isSame(
          [...behaviors.keys()].sort(),
          ['default', renditionsPattern, ...apiPatterns(resources)].sort(),
        ),
        'does not answer every path of the API, or others',
      ],
      [
        apiPatterns(resources).every((path) =>
          isApi(resources, distribution, behaviors.get(path), page, deployment),
        ),
        'calls the API otherwise than a page does, or keeps what it answers',
      ],
      [
        ofType(resources, 'AWS::Cognito::UserPoolClient').every(
          ({ properties: { CallbackURLs, LogoutURLs } }) =>
            list(CallbackURLs).at(-1) === pages && list(CallbackURLs).join() === list(LogoutURLs).join(),
        ),
        'is no page to come back to from signing in',
      ],
    ];
    return wanted.filter(([holds]) => !holds).map(([, otherwise]) => `${logicalId} ${otherwise}`);
  });

/** What the laptop sends, of the places that a deployed page finds things at, and TLS for a year. */
function isStrict(resources: Resources, page: Behavior, { place }: Deployment): boolean {
  const [{ name: originals = '' } = {}] = ofType(resources, 'AWS::S3::Bucket').filter(
    ({ properties }) => properties.NotificationConfiguration !== undefined,
  );
  const [domain] = ofType(resources, 'AWS::Cognito::UserPoolDomain');
  const signIn = [
    `https://cognito-idp.${place.region}.amazonaws.com`,
    `https://${domain?.properties.Domain}.auth.${place.region}.amazoncognito.com`,
  ];
  return isSame(headersOf(resources, page.ResponseHeadersPolicyId), {
    ...pageHeaders(`https://${originals}.s3.${place.region}.amazonaws.com`, domain ? signIn : []),
    'strict-transport-security': `max-age=${yearSeconds}`,
  });
}

/** `/images/*` for what is below, and `/images` itself: all routes that want a token. */
function apiPatterns(resources: Resources): string[] {
  const guarded = ofType(resources, 'AWS::ApiGatewayV2::Route').filter(
    ({ properties }) => properties.AuthorizationType === 'JWT',
  );
  const paths = guarded.map(({ properties }) => String(properties.RouteKey).split(' ')[1] ?? '');
  return [...new Set(paths.map((path) => path.replace(/\{.*$/, '*')))];
}

function isApi(
  resources: Resources,
  distribution: ResolvedResource,
  behavior: Behavior | undefined,
  page: Behavior,
  { place: { region } }: Deployment,
): boolean {
  const [api] = ofType(resources, 'AWS::ApiGatewayV2::Api');
  const origin = originOf(distribution, behavior);
  return (
    origin?.DomainName === `${api?.name}.execute-api.${region}.amazonaws.com` &&
    JSON.stringify(origin.CustomOriginConfig) ===
      JSON.stringify({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] }) &&
    behavior?.ViewerProtocolPolicy === 'https-only' &&
    list(behavior.AllowedMethods).join() === anyMethod &&
    list(behavior.CachedMethods).join() === 'GET,HEAD' &&
    behavior.Compress === false &&
    behavior.CachePolicyId === cachingDisabled &&
    behavior.OriginRequestPolicyId === allViewerExceptHostHeader &&
    behavior.ResponseHeadersPolicyId === page.ResponseHeadersPolicyId
  );
}
