// What is before the renditions bucket: a CloudFront distribution, by the stage parameter `delivery`, and who may read through
// it. serverless.yml and its resources ask for each export by its name. docs/edge.md says what each mode means.
import { existsSync, readFileSync } from 'node:fs';
import { originsOf } from './cors.js';
import { securityHeaders } from './delivery-headers.js';
import { refusal } from './refusal.js';
import { prefixOf } from './workload.js';

const modes = ['private', 'public', 'none'];
const nothing = { Ref: 'AWS::NoValue' };
const yearSeconds = 31_536_000;
/** AWS's own certificates, and whatever else is in a region of this kind only, are in us-east-1. */
const certificate = /^arn:aws:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]+$/;

/** The distribution and all it refers to, in `resources`. */
export async function resources(variables) {
  const { mode, keys, named, domain, certificateArn, origins } = await settingsOf(variables);
  if (mode === 'none') return {};
  const name = named();
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
            ...(domain !== '' && {
              Aliases: [domain],
              ViewerCertificate: {
                AcmCertificateArn: certificateArn,
                MinimumProtocolVersion: 'TLSv1.2_2021',
                SslSupportMethod: 'sni-only',
              },
            }),
            Origins: [
              {
                Id: 'renditions',
                DomainName: { 'Fn::GetAtt': ['RenditionsBucket', 'RegionalDomainName'] },
                OriginAccessControlId: { 'Fn::GetAtt': ['DeliveryOriginAccess', 'Id'] },
                // No identity of the older kind: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
                S3OriginConfig: { OriginAccessIdentity: '' },
              },
            ],
            DefaultCacheBehavior: {
              TargetOriginId: 'renditions',
              ViewerProtocolPolicy: 'https-only',
              AllowedMethods: ['GET', 'HEAD'],
              CachedMethods: ['GET', 'HEAD'],
              Compress: false,
              CachePolicyId: { Ref: 'DeliveryCachePolicy' },
              ResponseHeadersPolicyId: { Ref: 'DeliveryResponseHeaders' },
              ...(mode === 'private' && { TrustedKeyGroups: [{ Ref: 'DeliveryKeyGroup' }] }),
            },
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

/** The statement of the bucket's policy that lets this distribution read renditions, and no other one of anybody's. */
export async function bucketAccess(variables) {
  const { mode } = await settingsOf(variables);
  if (mode === 'none') return nothing;
  return {
    Sid: 'Delivery',
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: 's3:GetObject',
    Resource: { 'Fn::Sub': `\${RenditionsBucket.Arn}/renditions/*` },
    Condition: { ArnEquals: { 'aws:SourceArn': distributionArn } },
  };
}

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
const urlOf = (domain) =>
  domain === '' ? { 'Fn::Sub': `https://\${Distribution.DomainName}` } : `https://${domain}`;
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

async function settingsOf({ resolveVariable, resolveConfigurationProperty }) {
  const param = async (name) => String(await resolveVariable(`param:${name}`));
  const mode = await param('delivery');
  if (!modes.includes(mode)) throw refusal(`delivery: "${mode}" is none of ${modes.join(', ')}`);
  if (mode === 'none') return { mode };
  const stage = await resolveVariable('sls:stage');
  const region = await resolveConfigurationProperty(['provider', 'region']);
  if (/^(cn|us-gov|us-iso|eu-isoe|eusc)/.test(region))
    throw refusal(
      `--region ${region}: there is no CloudFront in its partition; set the stage parameter delivery to none, and URLs are pre-signed`,
    );
  const [domain, certificateArn] = [await param('deliveryDomain'), await param('deliveryCertificate')];
  if ((domain === '') !== (certificateArn === ''))
    throw refusal('deliveryDomain and deliveryCertificate: set both or neither');
  if (domain !== '' && !certificate.test(certificateArn))
    throw refusal(
      `deliveryCertificate: CloudFront takes the ARN of a certificate in us-east-1, arn:aws:acm:us-east-1:…, not "${certificateArn}"`,
    );
  const origins = await originsOf(resolveVariable);
  const prefix = await prefixOf({ resolveVariable });
  // What CloudFront has is of no region, and so are its names: another stage of this name may be in another region.
  const named = (...suffix) => ({ 'Fn::Sub': [`${prefix}-\${AWS::Region}`, ...suffix].join('-') });
  const keys = mode === 'private' ? readKeys(await param('deliveryKeys'), stage, region) : undefined;
  return { mode, stage, named, keys, domain, certificateArn, origins };
}

/** What `npm run delivery-keys` wrote. */
function readKeys(folder, stage, region) {
  const file = `${folder}/${stage}.${region}.json`;
  if (!existsSync(file))
    throw refusal(
      `delivery: stage ${stage} has no keys in ${region} to sign URLs with; make them: npm run delivery-keys -- --stage ${stage} --region ${region} --yes`,
    );
  return JSON.parse(readFileSync(file, 'utf8'));
}
