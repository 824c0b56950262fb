// What the buckets refuse, whatever a role may do and whatever its signature says; and what they do not keep others from.
import { urlExpirySeconds } from '../../../shared/aws/url-signer.ts';
import { type Call, isAllowed, isDeniedTo } from '../support/policies.ts';
import { callsOf } from './calls.ts';
import { type Deployment, ofType, type Resources } from './rule.ts';

const expiry = (resources: Resources): number =>
  Number(
    resources.get('CreateUploadLambdaFunction')?.properties.Environment?.Variables?.UPLOAD_EXPIRY_SECONDS,
  ) * 1000;

/** An upload URL overwrites nothing, a form may; neither works for longer than it was signed for, and no download does. */
export const signedCalls = (resources: Resources): string[] => {
  const calls = callsOf(resources).flatMap(({ calls: own }) => own);
  const uploads = calls.filter(
    ({ role, action }) => role === 'CreateUploadRole' && action === 's3:PutObject',
  );
  const signers = ['GetImageRole', 'ListImagesRole', 'GetRenditionRole'];
  const downloads = calls.filter(({ role, action }) => signers.includes(role) && action === 's3:GetObject');
  const aged = (call: Call, age: number): Call => ({
    ...call,
    context: { ...call.context, 's3:signatureAge': String(age) },
  });
  const overwriting = uploads.filter(({ context }) => context?.['s3:authType'] === undefined);
  const refused = [
    ...['REST-HEADER', 'REST-QUERY-STRING'].flatMap((authType) =>
      overwriting.map((call) => ({ ...call, context: { 's3:authType': authType } })),
    ),
    ...uploads.map((call) => aged(call, expiry(resources) + 1)),
    ...downloads.map((call) => aged(call, urlExpirySeconds * 1000 + 1)),
  ];
  const taken = [
    ...uploads.map((call) => aged(call, expiry(resources))),
    ...downloads.map((call) => aged(call, urlExpirySeconds * 1000)),
  ];
  const said = ({ role, action, resource, context }: Call) =>
    `${role} on ${action} of ${resource} with ${JSON.stringify(context)}`;
  return [
    ...refused.filter((call) => isAllowed(resources, call)).map((call) => `${said(call)}: is not refused`),
    ...taken.filter((call) => !isAllowed(resources, call)).map((call) => `${said(call)}: is refused`),
  ];
};

/** An operator, who signs as long as an account lets them, is refused nothing but what comes without TLS. */
export const operatorsCalls = (resources: Resources, { place }: Deployment): string[] => {
  const principal = `arn:${place.partition}:iam::${place.account}:role/operator`;
  return ofType(resources, 'AWS::S3::Bucket').flatMap(({ logicalId, arn }) =>
    ['s3:PutObject', 's3:GetObject', 's3:DeleteObject']
      .filter((action) =>
        isDeniedTo(resources, principal, {
          action,
          resource: `${arn}/originals/image`,
          context: { 's3:signatureAge': '99999999' },
        }),
      )
      .map((action) => `${logicalId} refuses ${action} to operators`),
  );
};

/** Every bucket has a policy that is about it. */
export const policiesOfBuckets = (resources: Resources): string[] =>
  ofType(resources, 'AWS::S3::Bucket')
    .filter(
      ({ name }) =>
        !ofType(resources, 'AWS::S3::BucketPolicy').some(({ properties }) => properties.Bucket === name),
    )
    .map(({ logicalId }) => `${logicalId} has no policy`);
