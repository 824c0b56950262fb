// What the stage parameter `foreignOriginals` means to the roles: whoever reads originals, or signs their URLs, may read
// there what it may read in the stage's own bucket. serverless.yml asks for each export by its name:
// https://www.serverless.com/framework/docs/providers/aws/guide/variables#reference-properties-in-javascript-files
import { refusal, unlessRefused } from './refusal.js';

const ownPrefix = 'originals/';
/** Nothing that a policy would read as more than itself. */
const source = /^(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(?<prefix>[\w!.'()/-]*))?$/;

/** The ARNs of all objects below the sources. */
export async function objects({ resolveVariable }) {
  const foreign = await foreignSources(resolveVariable);
  return [
    { 'Fn::Sub': `\${OriginalsBucket.Arn}/${ownPrefix}*` },
    ...foreign.map(({ bucket, prefix }) => arnOf(`${bucket}/${prefix}*`)),
  ];
}

/**
 * Statements that have S3 answer 404 and not 403 for an original that is not there: it asks whether the role may list
 * the key as a prefix.
 */
export async function listings({ resolveVariable }) {
  const foreign = await foreignSources(resolveVariable);
  return [
    listing({ 'Fn::GetAtt': ['OriginalsBucket', 'Arn'] }, ownPrefix),
    ...foreign.map(({ bucket, prefix }) => listing(arnOf(bucket), prefix)),
  ];
}

const arnOf = (resource) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:s3:::${resource}` });

const listing = (bucketArn, prefix) => ({
  Effect: 'Allow',
  Action: 's3:ListBucket',
  Resource: bucketArn,
  Condition: { StringLike: { 's3:prefix': `${prefix}*` } },
});

const foreignSources = (resolveVariable) => unlessRefused(() => checkedSources(resolveVariable), []);

/** @throws at what is no bucket, and no prefix */
export async function checkedSources(resolveVariable) {
  const list = await resolveVariable('param:foreignOriginals');
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => {
      const { groups } = source.exec(name) ?? {};
      if (groups === undefined)
        throw refusal(
          `foreignOriginals: "${name}" is not a bucket or bucket/prefix of letters, digits and !-_.'()/`,
        );
      return { bucket: groups.bucket, prefix: groups.prefix ?? '' };
    });
}
