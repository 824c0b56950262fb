// What a policy of IAM is made of, and its text.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Actions and resources in their order, so that the same policy is the same text. */
export function statement(
  Sid: string,
  actions: Iterable<string>,
  resources: Iterable<string>,
  Condition?: Statement['Condition'],
): Statement {
  return {
    ...{ Sid, Effect: 'Allow', Action: inOrder(actions), Resource: inOrder(resources) },
    ...(Condition && { Condition }),
  };
}

export function policyText(statements: readonly Statement[]): string {
  return `${JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)}\n`;
}

function inOrder(words: Iterable<string>): string[] {
  return [...new Set(words)].sort();
}
