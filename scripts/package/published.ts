// What a packaged template says of published versions, which are known only once a function's zip is: the framework makes a
// version of each function, named after all that is in it, and the alias that everything invokes the function by leads there.

interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  DeletionPolicy?: string;
}

/**
 * Points each alias at the version of its function that this template publishes.
 * @throws {Error} of an alias whose function has none
 */
export function leadToPublished(resources: Readonly<Record<string, Resource>>): void {
  const entries = Object.entries(resources);
  const versions = entries.filter(([, { Type }]) => Type === 'AWS::Lambda::Version');
  for (const [logicalId, { Type, Properties = {} }] of entries) {
    if (Type !== 'AWS::Lambda::Alias') continue;
    const version = versions.find(([, { Properties: own = {} }]) => isSame(own, Properties, 'FunctionName'));
    if (version === undefined)
      throw new Error(`${logicalId}: its function has no version that it could lead to`);
    Properties['FunctionVersion'] = { 'Fn::GetAtt': [version[0], 'Version'] };
  }
  // Versions stay, to go back to. One that a release which failed has published must not: Lambda publishes nothing twice in a
  // row, and the next attempt would end with "A version for this Lambda function exists".
  // https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
  for (const [, version] of versions) version.DeletionPolicy = 'RetainExceptOnCreate';
}

const isSame = (one: Record<string, unknown>, other: Record<string, unknown>, property: string) =>
  JSON.stringify(one[property]) === JSON.stringify(other[property]);
