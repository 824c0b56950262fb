// A distribution before the renditions: private by keys, public by parameter, and refused where it cannot be. Each rule is
// shown to bite.
import { describe, expect, it } from 'vitest';
import { compileProject } from '../../scripts/local/template/compile.ts';
import { withKeys } from '../support/delivery-keys.ts';
import { rulesOf } from './rules/all-rules.ts';
import { deliveryViolations, forgettingViolations, privacyViolations } from './rules/delivery.ts';
import type { Rule } from './rules/rule.ts';
import { onOwnDomain, privately, publicly } from './support/delivered.ts';
import { deploymentOf } from './support/deployment.ts';
import { propertiesOf, type Resources } from './support/spoil.ts';

const settings = (resources: Resources) => propertiesOf(resources, 'Distribution').DistributionConfig;
const behavior = (resources: Resources) => settings(resources).CacheBehaviors[0];
const caching = (resources: Resources) => propertiesOf(resources, 'DeliveryCachePolicy').CachePolicyConfig;
const headers = (resources: Resources) =>
  propertiesOf(resources, 'DeliveryResponseHeaders').ResponseHeadersPolicyConfig.SecurityHeadersConfig;
const admission = (resources: Resources) =>
  propertiesOf(resources, 'RenditionsBucketPolicy').PolicyDocument.Statement.at(-1);

describe.each([
  ['private', privately],
  ['private, on a domain of its own', onOwnDomain],
] as const)('a stage that is %s', (_title, params) => {
  it.each(rulesOf('prod'))('%s', async (_rule, rule) => {
    const deployment = await deploymentOf({ stage: 'prod', params });

    expect(rule(deployment.resources, deployment)).toEqual([]);
  });
});

describe('a stage that is public', () => {
  it('keeps every rule but that of privacy, and lets any cache keep what is public', async () => {
    const deployment = await deploymentOf({ stage: 'prod', params: publicly });

    const findings = rulesOf('prod').flatMap(([, rule]) => rule(deployment.resources, deployment));
    expect(findings).toEqual(['Distribution serves whoever has an address']);
    expect(JSON.stringify(deployment.resources.get('DeliveryResponseHeaders'))).toContain(
      'public, max-age=31536000, immutable',
    );
  });

  it('tells functions where renditions are, and no key', async () => {
    const { resources } = await deploymentOf({ stage: 'prod', params: publicly });

    expect(resources.get('ListImagesLambdaFunction')?.properties.Environment.Variables).toMatchObject({
      ...{ DELIVERY_URL: expect.stringMatching(/^https:/), DELIVERY_KEY_ID: '', DELIVERY_PRIVATE_KEY: '' },
    });
  });
});

it('a private stage has the signing key by reference, from where nothing of it is in the template', async () => {
  const { resources } = await deploymentOf({ stage: 'prod', params: onOwnDomain });

  expect(resources.get('ListImagesLambdaFunction')?.properties.Environment.Variables).toMatchObject({
    DELIVERY_URL: 'https://images.photos.example',
    DELIVERY_PRIVATE_KEY: expect.stringMatching(/^\{\{resolve:secretsmanager:darkroom\/prod\/delivery-key-/),
  });
});

it('without delivery, nothing of CloudFront is in the template', async () => {
  const { resources } = await deploymentOf({ stage: 'prod', params: { delivery: 'none' } });

  expect([...resources.values()].filter(({ type }) => type.startsWith('AWS::CloudFront'))).toEqual([]);
  expect(JSON.stringify([...resources.values()])).not.toContain('cloudfront:');
});

const faults: readonly (readonly [Rule, string, (resources: Resources) => unknown])[] = [
  [deliveryViolations, 'serves nothing', (r) => delete settings(r).Enabled],
  [deliveryViolations, 'does not speak HTTP/2 and 3', (r) => delete settings(r).HttpVersion],
  [deliveryViolations, 'cannot be reached by IPv6', (r) => delete settings(r).IPV6Enabled],
  [
    deliveryViolations,
    'answers without TLS',
    (r) => Object.assign(behavior(r), { ViewerProtocolPolicy: 'allow-all' }),
  ],
  [deliveryViolations, 'lets more than reading through', (r) => behavior(r).AllowedMethods.push('PUT')],
  [deliveryViolations, 'does not cache what it reads', (r) => delete behavior(r).CachedMethods],
  [
    deliveryViolations,
    'compresses pictures once more',
    (r) => Object.assign(behavior(r), { Compress: true }),
  ],
  [
    deliveryViolations,
    'speaks an old TLS',
    (r) => delete settings(r).ViewerCertificate.MinimumProtocolVersion,
  ],
  [
    deliveryViolations,
    'reads the bucket as anybody',
    (r) => delete settings(r).Origins[1].OriginAccessControlId,
  ],
  [
    deliveryViolations,
    'reads the bucket as anybody',
    (r) =>
      Object.assign(propertiesOf(r, 'DeliveryOriginAccess').OriginAccessControlConfig, {
        SigningBehavior: 'never',
      }),
  ],
  [
    deliveryViolations,
    'forgets what never changes, or keeps it by more than its key',
    (r) => delete caching(r).MinTTL,
  ],
  [
    deliveryViolations,
    'forgets what never changes, or keeps it by more than its key',
    (r) =>
      Object.assign(caching(r).ParametersInCacheKeyAndForwardedToOrigin.QueryStringsConfig, {
        QueryStringBehavior: 'all',
      }),
  ],
  ...['StrictTransportSecurity', 'ContentTypeOptions', 'ContentSecurityPolicy'].map(
    (name) =>
      [
        deliveryViolations,
        'leaves browsers to guess what a picture may do',
        (r: Resources) => delete headers(r)[name],
      ] as const,
  ),
  [
    deliveryViolations,
    'may not read renditions, or is not alone in it',
    (r) => propertiesOf(r, 'RenditionsBucketPolicy').PolicyDocument.Statement.pop(),
  ],
  [
    deliveryViolations,
    'may not read renditions, or is not alone in it',
    (r) => delete admission(r).Condition,
  ],
  [
    deliveryViolations,
    'may not read renditions, or is not alone in it',
    (r) => Object.assign(admission(r), { Resource: { 'Fn::GetAtt': ['RenditionsBucket', 'Arn'] } }),
  ],
  [privacyViolations, 'serves whoever has an address', (r) => delete behavior(r).TrustedKeyGroups],
  [
    privacyViolations,
    'trusts no key of this template',
    (r) => Object.assign(propertiesOf(r, 'DeliveryKeyGroup').KeyGroupConfig, { Items: [] }),
  ],
];

it.each(faults)('%o catches: a distribution that %s', async (rule, finding, spoil) => {
  const deployment = await deploymentOf({ stage: 'prod', params: onOwnDomain, spoil });

  expect(rule(deployment.resources, deployment)).toContain(`Distribution ${finding}`);
});

it('a function that signs with a key which is not trusted is noticed', async () => {
  const spoil = (r: Resources) =>
    Object.assign(propertiesOf(r, 'ListImagesLambdaFunction').Environment.Variables, {
      DELIVERY_PRIVATE_KEY: '{{resolve:secretsmanager:darkroom/prod/delivery-key-00000000}}',
    });
  const { resources } = await deploymentOf({ stage: 'prod', params: privately, spoil });

  expect(privacyViolations(resources)).toEqual([
    'ListImagesLambdaFunction signs with a key that nobody trusts',
  ]);
});

it('a role that deletes renditions and cannot have them forgotten is noticed, and one that may do more', async () => {
  const spoil = (r: Resources) => {
    propertiesOf(r, 'DeleteImageRole').Policies.at(-1).PolicyDocument.Statement.pop();
    propertiesOf(r, 'ReconcileRole').Policies.at(-1).PolicyDocument.Statement.at(-1).Resource = '*';
  };
  const { resources } = await deploymentOf({ stage: 'prod', params: privately, spoil });

  expect(forgettingViolations(resources)).toEqual([
    'DeleteImageRole deletes what caches keep',
    'ReconcileRole may do more to distributions than have them forget',
  ]);
});

it.each([
  [{ delivery: 'some' }, 'delivery: "some" is none of private, public, none'],
  [
    { ...privately, deliveryKeys: 'nowhere' },
    'npm run delivery-keys -- --stage prod --region eu-central-1 --yes',
  ],
  [{ ...privately, deliveryDomain: 'images.example' }, 'set both or neither'],
  [{ ...onOwnDomain, deliveryCertificate: 'arn:aws:acm:eu-west-1:1:certificate/1' }, 'in us-east-1'],
])('packaging refuses %o in one line', async (params, line) => {
  await expect(compileProject({ stage: 'prod', params: { ...withKeys(), ...params } })).rejects.toThrow(line);
});

it.each(['cn-north-1', 'us-gov-west-1'])(
  'packaging refuses delivery in %s, and says what to set',
  async (region) => {
    const before = process.env['AWS_REGION'];
    process.env['AWS_REGION'] = region;
    try {
      const params = { ...publicly, jwtIssuer: 'https://issuer.example', jwtAudience: 'pages' };
      await expect(compileProject({ stage: 'prod', params })).rejects.toThrow(
        'set the stage parameter delivery to none',
      );
    } finally {
      if (before === undefined) delete process.env['AWS_REGION'];
      else process.env['AWS_REGION'] = before;
    }
  },
);
