// What is before the renditions bucket: a CloudFront distribution, by the stage parameter `delivery`, and who may read through
// it. The page and the API are behind it, too. serverless.yml and its resources ask for each export by its name.
// docs/edge.md says what each mode means.
import { originsOf } from './allowed-origins.js';
import { securityHeaders } from './delivery-headers.js';
import { settingsOf, urlOf } from './delivery-settings.js';
import { apiBehaviors, apiOrigin, bucketOrigin, pageBehavior } from './distribution.js';

const nothing = { Ref: 'AWS::NoValue' };
const yearSeconds = 31_536_000;

/** The distribution and all it refers to, in `resources`. */
export async function resources(variables) {
  const { mode, keys, named, domain, certificateArn } = await settingsOf(variables);
  if (mode === 'none') return {};
  const name = named();
  const origins = await originsOf(variables.resolveVariable);
  return {
    Resources: {
      ...(mode === 'private' && keyResources(keys, named)),
      DeliveryOriginAccess: {
        Type: 'AWS::CloudFront::OriginAccessControl',
        Properties: {
          OriginAccessControlConfig: {
            Name: name,
            OriginAccessControlOriginType: 's3',
            SigningBehavior: 'always',
            SigningProtocol: 'sigv4',
          },
        },
      },
      // A key's bytes never change. The least time to live counts although what is stored says `private`: that is for caches
      // behind this one. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html
      DeliveryCachePolicy: {
        Type: 'AWS::CloudFront::CachePolicy',
        Properties: {
          CachePolicyConfig: {
            Name: name,
            MinTTL: yearSeconds,
            DefaultTTL: yearSeconds,
            MaxTTL: yearSeconds,
            ParametersInCacheKeyAndForwardedToOrigin: {
              EnableAcceptEncodingGzip: false,
              EnableAcceptEncodingBrotli: false,
              CookiesConfig: { CookieBehavior: 'none' },
              HeadersConfig: { HeaderBehavior: 'none' },
              QueryStringsConfig: { QueryStringBehavior: 'none' },
            },
          },
        },
      },
      DeliveryResponseHeaders: {
        Type: 'AWS::CloudFront::ResponseHeadersPolicy',
        Properties: { ResponseHeadersPolicyConfig: { Name: name, ...securityHeaders(mode, origins) } },
      },
      Distribution: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: {
          DistributionConfig: {
            Comment: name,
            Enabled: true,
            HttpVersion: 'http2and3',
            IPV6Enabled: true,
            DefaultRootObject: 'index.html',
            ...(domain !== '' && {
              Aliases: [domain],
              ViewerCertificate: {
                AcmCertificateArn: certificateArn,
                MinimumProtocolVersion: 'TLSv1.2_2021',
                SslSupportMethod: 'sni-only',
              },
            }),
            Origins: [
              bucketOrigin('page', 'PageBucket'),
              bucketOrigin('renditions', 'RenditionsBucket'),
              apiOrigin,
            ],
            DefaultCacheBehavior: pageBehavior,
            CacheBehaviors: [
              {
                PathPattern: '/renditions/*',
                TargetOriginId: 'renditions',
                ViewerProtocolPolicy: 'https-only',
                AllowedMethods: ['GET', 'HEAD'],
                CachedMethods: ['GET', 'HEAD'],
                Compress: false,
                CachePolicyId: { Ref: 'DeliveryCachePolicy' },
                ResponseHeadersPolicyId: { Ref: 'DeliveryResponseHeaders' },
                ...(mode === 'private' && { TrustedKeyGroups: [{ Ref: 'DeliveryKeyGroup' }] }),
              },
              ...(await apiBehaviors(variables)),
            ],
          },
        },
      },
    },
    Outputs: {
      DeliveryUrl: { Description: 'Where renditions are fetched from', Value: urlOf(domain) },
      DistributionId: {
        Description: 'The distribution before the renditions',
        Value: { Ref: 'Distribution' },
      },
    },
  };
}

/** The statement of a bucket's policy that lets this distribution read what is below a prefix, and no other one of anybody's. */
const readBy = (resource) => ({
  Sid: 'Delivery',
  Effect: 'Allow',
  Principal: { Service: 'cloudfront.amazonaws.com' },
  Action: 's3:GetObject',
  Resource: { 'Fn::Sub': resource },
  Condition: { ArnEquals: { 'aws:SourceArn': distributionArn } },
});

export const bucketAccess = async (variables) =>
  (await settingsOf(variables)).mode === 'none' ? nothing : readBy(`\${RenditionsBucket.Arn}/renditions/*`);

export const pageAccess = () => readBy(`\${PageBucket.Arn}/*`);

/** The statement of a role that has deleted renditions taken out of the distribution's caches. */
export async function invalidation(variables) {
  const { mode } = await settingsOf(variables);
  return mode === 'none'
    ? nothing
    : { Effect: 'Allow', Action: 'cloudfront:CreateInvalidation', Resource: distributionArn };
}

// What functions know of it: empty without a distribution.
export const distributionId = async (variables) =>
  (await settingsOf(variables)).mode === 'none' ? '' : { Ref: 'Distribution' };

export const url = async (variables) => {
  const { mode, domain } = await settingsOf(variables);
  return mode === 'none' ? '' : urlOf(domain);
};

export const keyId = async (variables) => {
  const { mode, keys } = await settingsOf(variables);
  return mode === 'private' ? { Ref: logicalIdOf(keys.signing) } : '';
};

/** By reference: the key itself is in no template. */
export const privateKey = async (variables) => {
  const { mode, keys, stage } = await settingsOf(variables);
  return mode === 'private'
    ? `{{resolve:secretsmanager:darkroom/${stage}/delivery-key-${keys.signing}}}`
    : '';
};

const distributionArn = {
  'Fn::Sub': `arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${Distribution}`,
};
const logicalIdOf = (id) => `DeliveryKey${id}`;

/** A public key cannot be changed: each has a resource of its own, and a rotation makes another. */
function keyResources({ keys }, named) {
  const own = keys.map(({ id, publicKey }) => [
    logicalIdOf(id),
    {
      Type: 'AWS::CloudFront::PublicKey',
      Properties: {
        PublicKeyConfig: { Name: named(id), CallerReference: named(id), EncodedKey: publicKey },
      },
    },
  ]);
  const Items = keys.map(({ id }) => ({ Ref: logicalIdOf(id) }));
  return {
    ...Object.fromEntries(own),
    DeliveryKeyGroup: {
      Type: 'AWS::CloudFront::KeyGroup',
      Properties: { KeyGroupConfig: { Name: named(), Items } },
    },
  };
}
