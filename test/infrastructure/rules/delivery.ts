// A distribution before the renditions serves them alone, to whom they are meant for, in a safe way; the bucket knows it.
import { list, type Statement } from '../support/policies.ts';
import {
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
import { functionsOf } from './functions.ts';
import { ofType, type Resources } from './rule.ts';

/** What a picture leaves the distribution with, and what anybody may keep that is public. */
const headers = {
  'strict-transport-security': `max-age=${yearSeconds}`,
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'cross-origin',
};
const publicHeaders = { ...headers, 'cache-control': `public, max-age=${yearSeconds}, immutable` };

export const deliveryViolations = (resources: Resources): string[] =>
  ofType(resources, 'AWS::CloudFront::Distribution').flatMap((distribution) => {
    const { logicalId, arn } = distribution;
    const { DistributionConfig: settings } = distribution.properties;
    const behavior = behaviorsOf(distribution).get(renditionsPattern) ?? {};
    const given = headersOf(resources, behavior.ResponseHeadersPolicyId);
    const wanted: readonly (readonly [holds: boolean, otherwise: string])[] = [
      [settings.Enabled === true, 'serves nothing'],
      [settings.HttpVersion === 'http2and3', 'does not speak HTTP/2 and 3'],
      [settings.IPV6Enabled === true, 'cannot be reached by IPv6'],
      [behavior.ViewerProtocolPolicy === 'https-only', 'answers without TLS'],
      [list(behavior.AllowedMethods).join() === 'GET,HEAD', 'lets more than reading through'],
      [list(behavior.CachedMethods).join() === 'GET,HEAD', 'does not cache what it reads'],
      [behavior.Compress === false, 'compresses pictures once more'],
      // S3 takes a signature for its own host alone.
      [behavior.OriginRequestPolicyId === undefined, 'tells the bucket what its viewer said'],
      [
        settings.Aliases === undefined ||
          settings.ViewerCertificate?.MinimumProtocolVersion === 'TLSv1.2_2021',
        'speaks an old TLS',
      ],
      [
        signsItsReads(resources, originOf(distribution, behavior), 'RenditionsBucket'),
        'reads the bucket as anybody',
      ],
      // A least time to live counts against what is stored with the object, too: that is `private`.
      [
        isKept(resources, behavior.CachePolicyId, [yearSeconds, yearSeconds, yearSeconds], false),
        'forgets what never changes, or keeps it by more than its key',
      ],
      [
        isSame(given, headers) || (behavior.TrustedKeyGroups === undefined && isSame(given, publicHeaders)),
        'leaves browsers to guess what a picture may do',
      ],
      [
        isAdmitted(resources, arn, 'RenditionsBucket', 'renditions/'),
        'may not read renditions, or is not alone in it',
      ],
    ];
    return wanted.filter(([holds]) => !holds).map(([, otherwise]) => `${logicalId} ${otherwise}`);
  });

/** Of every stage but those whose renditions are public by parameter. */
export const privacyViolations = (resources: Resources): string[] =>
  ofType(resources, 'AWS::CloudFront::Distribution').flatMap((distribution) => {
    const { logicalId } = distribution;
    const behavior = behaviorsOf(distribution).get(renditionsPattern);
    const groups = list<string>(behavior?.TrustedKeyGroups).map((name) => resources.get(name));
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
