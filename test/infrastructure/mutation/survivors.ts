// Mutants that no rule needs to notice, each with the reason why it changes nothing.

export const harmless: readonly { readonly mutant: RegExp; readonly because: string }[] = [
  {
    mutant: /^OriginalsBucketPolicy: .*aws:PrincipalArn .*GetRenditionRole, condition value removed$/,
    because: 'The role may not read originals at all: the two buckets share one list of who signs downloads.',
  },
];
