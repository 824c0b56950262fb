// What whoever removes stages needs beside the policy of whoever deploys: it deletes clients' files by a call of its own.

import { policyText, statement } from './policy.ts';

/** CloudFormation deletes no bucket that has anything in it: `npm run remove` empties it. */
export async function removePolicy(): Promise<string> {
  return policyText([
    statement(
      'EmptiedBuckets',
      ['s3:ListBucketVersions', 's3:DeleteObject', 's3:DeleteObjectVersion'],
      ['originals', 'renditions', 'page'].map((kind) => `arn:aws:s3:::darkroom-*-${kind}-*`),
    ),
  ]);
}
