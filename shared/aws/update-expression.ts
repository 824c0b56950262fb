// Builds DynamoDB's update expressions, so that the table adapter says what changes and under which condition.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html

export interface Changes {
  /** Attributes to set; undefined ones are left as they are. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Attributes to set only where the item has none. */
  readonly setOnce?: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  /** A condition in DynamoDB's syntax, attribute names with a hash and values with a colon. */
  readonly condition: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

export interface UpdateExpression {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
}

/** The parameters of an UpdateItem. Names are declared by being used, since DynamoDB refuses unused ones. */
export function updateOf({
  set = {},
  setOnce = {},
  remove = [],
  condition,
  values = {},
}: Changes): UpdateExpression {
  const ExpressionAttributeValues: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) ExpressionAttributeValues[`:${name}`] = value;
  const assignments: string[] = [];
  for (const [name, value] of Object.entries(set)) {
    if (value === undefined) continue;
    assignments.push(`#${name} = :set_${name}`);
    ExpressionAttributeValues[`:set_${name}`] = value;
  }
  for (const [name, value] of Object.entries(setOnce)) {
    assignments.push(`#${name} = if_not_exists(#${name}, :set_${name})`);
    ExpressionAttributeValues[`:set_${name}`] = value;
  }
  const removals = remove.map((name) => `#${name}`);
  const clauses = [
    assignments.length > 0 ? `SET ${assignments.join(', ')}` : '',
    removals.length > 0 ? `REMOVE ${removals.join(', ')}` : '',
  ];
  const UpdateExpression = clauses.filter(Boolean).join(' ');
  return {
    UpdateExpression,
    ConditionExpression: condition,
    ExpressionAttributeNames: namesIn(`${UpdateExpression} ${condition}`),
    ExpressionAttributeValues,
  };
}

/** Every name that is used, which stands for itself or for what is given. */
export function namesIn(
  expression: string,
  given: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const names = (expression.match(/#\w+/g) ?? []).map((placeholder) => placeholder.slice(1));
  return Object.fromEntries(names.map((name) => [`#${name}`, given[name] ?? name]));
}
