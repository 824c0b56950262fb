// The documents that have generated parts.

export const documents = [
  'README.md',
  'docs/architecture.md',
  'docs/aws-calls.md',
  'docs/reference.md',
  'docs/security.md',
] as const;
