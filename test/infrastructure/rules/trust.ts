// A service may act for this account alone: in every role's trust, and wherever a service is let in.
import { list, resourceStatements, type Statement } from '../support/policies.ts';
import { ofType, type Resources } from './rule.ts';

export const trust = (resources: Resources): string[] => {
  const trusts = ofType(resources, 'AWS::IAM::Role').flatMap(({ logicalId, properties }) =>
    list<Statement>(properties.AssumeRolePolicyDocument?.Statement).map((statement) => ({
      logicalId,
      statement,
    })),
  );
  const policies = resourceStatements(resources)
    .filter(
      ({ Principal }) => Principal !== undefined && Principal !== '*' && Principal.Service !== undefined,
    )
    .map((statement) => ({ logicalId: list(statement.Resource).join(', '), statement }));
  return [...trusts, ...policies]
    .filter(({ statement }) => !namesAccount(statement))
    .map(({ logicalId }) => `${logicalId} trusts a service on behalf of any account`);
};

/** By its number, or by the ARN of something in it. An ARN of S3 names no account. */
function namesAccount({ Condition = {} }: Statement): boolean {
  const account = list(Condition['StringEquals']?.['aws:SourceAccount']);
  const arns = list(Condition['ArnEquals']?.['aws:SourceArn']);
  return (
    account.some((number) => /^\d{12}$/.test(number)) ||
    arns.some((arn) => /^arn:[\w-]+:\w+:[\w-]*:\d{12}:/.test(arn))
  );
}
