// The documents that have generated parts.

export const documents = ['README.md', 'docs/reference.md'] as const;
