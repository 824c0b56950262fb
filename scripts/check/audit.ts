// Reads the answer of `npm audit --json` from standard input. A registry that does not answer is no finding; it says so.

import { text } from 'node:stream/consumers';

interface Audit {
  readonly message?: string;
  readonly metadata?: { readonly vulnerabilities: Readonly<Record<string, number>> };
}

const { message = 'no reason given', metadata } = JSON.parse((await text(process.stdin)) || '{}') as Audit;
if (metadata === undefined) {
  process.stdout.write(`Not audited, the registry does not answer: ${message.split(' - ')[0]}\n`);
} else {
  const { high = 0, critical = 0 } = metadata.vulnerabilities;
  process.stdout.write(`Vulnerabilities in what ships: ${JSON.stringify(metadata.vulnerabilities)}\n`);
  if (high + critical > 0) process.exitCode = 1;
}
