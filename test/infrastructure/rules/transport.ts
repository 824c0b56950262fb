// Nobody is answered without TLS.
import { list, resourceStatements, type Statement } from '../support/policies.ts';
import type { Resources } from './rule.ts';

/** What a service asks to be refused without TLS. SNS knows no more of it than publishing. */
const refusedWithoutTls: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 's3:*',
  'AWS::SNS::Topic': 'sns:Publish',
  'AWS::SQS::Queue': 'sqs:*',
};

export const transport = (resources: Resources): string[] => {
  const refusals = resourceStatements(resources).filter(isTlsOnly);
  return [...resources.values()].flatMap(({ logicalId, type, arn }) => {
    const action = refusedWithoutTls[type];
    if (action === undefined) return [];
    const own = refusals.filter(({ Action }) => list(Action).includes(action));
    const covers = (resource: string) => own.some(({ Resource }) => list(Resource).includes(resource));
    const covered = type === 'AWS::S3::Bucket' ? [arn, `${arn}/*`] : [arn];
    return covered.every(covers) ? [] : [`${logicalId} answers without TLS`];
  });
};

function isTlsOnly({ Effect, Principal, Condition }: Statement): boolean {
  return Effect === 'Deny' && Principal === '*' && Condition?.['Bool']?.['aws:SecureTransport'] === 'false';
}
