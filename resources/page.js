// The page that is deployed with the stack, behind the distribution before its renditions: its bucket, how long it is kept, what
// browsers let it do, and what it is told of the stack. docs/edge.md.
import { pageHeaders } from '../scripts/local/page/headers.ts';
import { pageAccess } from './delivery.js';
import { settingsOf, urlOf } from './delivery-settings.js';
import { prefixOf } from './workload.js';

const yearSeconds = 31_536_000;
/** What every provider has to know; the stack's own pool also says who is signed in. */
const scope = 'openid darkroom/images';
const ownScope = 'openid email darkroom/images';

/** All of it, in `resources`; nothing without a distribution. */
export async function resources(variables) {
  const { mode, named, prefix, domain } = await settingsOf(variables);
  if (mode === 'none') return {};
  const signIn = await signInOf(variables);
  const url = urlOf(domain);
  return {
    Resources: {
      // What is in it is built from the project and can be built again: it goes with the stack.
      PageBucket: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          BucketName: { 'Fn::Sub': `${prefix}-page-\${AWS::AccountId}-\${AWS::Region}` },
          OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [
              { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
            ],
          },
        },
      },
      PageBucketPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'PageBucket' },
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'TlsOnly',
                Effect: 'Deny',
                Principal: '*',
                Action: 's3:*',
                Resource: [{ 'Fn::GetAtt': ['PageBucket', 'Arn'] }, { 'Fn::Sub': `\${PageBucket.Arn}/*` }],
                Condition: { Bool: { 'aws:SecureTransport': 'false' } },
              },
              pageAccess(),
            ],
          },
        },
      },
      // What a file says of itself counts: files are named after their content but the HTML, which is asked for anew. A second
      // is the least that CloudFront compresses for.
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
      PageCachePolicy: {
        Type: 'AWS::CloudFront::CachePolicy',
        Properties: {
          CachePolicyConfig: {
            Name: named('page'),
            MinTTL: 1,
            DefaultTTL: 1,
            MaxTTL: yearSeconds,
            ParametersInCacheKeyAndForwardedToOrigin: {
              EnableAcceptEncodingGzip: true,
              EnableAcceptEncodingBrotli: true,
              CookiesConfig: { CookieBehavior: 'none' },
              HeadersConfig: { HeaderBehavior: 'none' },
              QueryStringsConfig: { QueryStringBehavior: 'none' },
            },
          },
        },
      },
      PageResponseHeaders: {
        Type: 'AWS::CloudFront::ResponseHeadersPolicy',
        Properties: { ResponseHeadersPolicyConfig: { Name: named('page'), ...headersOf(prefix, signIn) } },
      },
    },
    Outputs: {
      PageUrl: { Description: 'Where the page is', Value: url },
      PageBucketName: { Description: 'Where the files of the page are', Value: { Ref: 'PageBucket' } },
      ...(signIn && { PageConfig: configOutput(url, signIn) }),
    },
  };
}

/** `custom.page.isDeployed` */
export const isDeployed = async (variables) => (await settingsOf(variables)).mode !== 'none';

/** Where people come back to from signing in, and from signing out: pages that are named, and the stack's own. */
export async function signInUrls(variables) {
  const { mode, domain } = await settingsOf(variables);
  const named = [await variables.resolveVariable('param:signInCallbacks')].flat();
  const urls = named.flatMap((list) => String(list).split(',')).map((url) => url.trim());
  return mode === 'none' ? urls : [...urls, urlOf(domain, '/')];
}

/** How the page signs in, and what it asks for that; undefined where a foreign issuer knows no client that is the page. */
async function signInOf({ resolveVariable }) {
  const prefix = await prefixOf({ resolveVariable });
  const issuer = await resolveVariable('param:jwtIssuer');
  const clientId = await resolveVariable('param:signInClientId');
  if (issuer === '')
    return {
      issuer: `\${UserPool.ProviderURL}`,
      clientId: `\${UserPoolClient}`,
      scope: ownScope,
      // The pool says where its sign-in is, and that is where tokens are. By their names: what the page may call must not
      // wait for what waits for the page.
      hosts: [
        `https://cognito-idp.\${AWS::Region}.\${AWS::URLSuffix}`,
        `https://${prefix}-\${AWS::AccountId}.auth.\${AWS::Region}.amazoncognito.com`,
      ],
      condition: 'BringsUserPool',
    };
  // That it is a URL, resources/parameters.js says.
  const [origin] = /^https?:\/\/[^/]+/.exec(issuer) ?? [];
  return clientId === '' ? undefined : { issuer, clientId, scope, hosts: [origin] };
}

/** The headers that the laptop sends with the page, as CloudFront has them. */
function headersOf(prefix, signIn) {
  const storage = `https://${prefix}-originals-\${AWS::AccountId}-\${AWS::Region}.s3.\${AWS::Region}.\${AWS::URLSuffix}`;
  const {
    'content-security-policy': policy,
    'referrer-policy': ReferrerPolicy,
    'x-content-type-options': _,
    ...custom
  } = pageHeaders(storage, signIn?.hosts ?? []);
  return {
    SecurityHeadersConfig: {
      StrictTransportSecurity: { AccessControlMaxAgeSec: yearSeconds, Override: true },
      ContentTypeOptions: { Override: true },
      ContentSecurityPolicy: { ContentSecurityPolicy: { 'Fn::Sub': policy }, Override: true },
      ReferrerPolicy: { ReferrerPolicy, Override: true },
    },
    CustomHeadersConfig: {
      Items: Object.entries(custom).map(([Header, Value]) => ({ Header, Value, Override: true })),
    },
  };
}

/** What the page finds at `/page/config.json`: the API is at its own origin. */
function configOutput(url, { issuer, clientId, scope, condition }) {
  const config = { api: url['Fn::Sub'] ?? url, signIn: { issuer, clientId, scope } };
  return {
    Description: 'What the page is told of the stack',
    ...(condition && { Condition: condition }),
    Value: { 'Fn::Sub': JSON.stringify(config) },
  };
}
