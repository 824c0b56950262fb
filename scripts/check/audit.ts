// npm run check:audit: known vulnerabilities in what ships. Reads the answer of `npm audit --json` from standard input; where the
// registry gives none, holds what ships against advisories that were looked up and committed, and says so.

import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { type AdvisorySnapshot, advisoryFindings, isBlocking, maxAgeDays } from './advisory-rules.ts';
import { type LockFile, shippedModules } from './license-rules.ts';

interface Audit {
  readonly message?: string;
  readonly metadata?: { readonly vulnerabilities: Readonly<Record<string, number>> };
}

const snapshotFile = new URL('advisories.json', import.meta.url);

const { message = 'no reason given', metadata } = JSON.parse((await text(process.stdin)) || '{}') as Audit;
if (metadata === undefined) auditBySnapshot(message.split(' - ')[0] ?? message);
else auditByRegistry(metadata.vulnerabilities);

function auditByRegistry(vulnerabilities: Readonly<Record<string, number>>): void {
  const { high = 0, critical = 0 } = vulnerabilities;
  process.stdout.write(`Vulnerabilities in what ships: ${JSON.stringify(vulnerabilities)}\n`);
  if (high + critical > 0) process.exitCode = 1;
}

function auditBySnapshot(reason: string): void {
  const snapshot = JSON.parse(readFileSync(snapshotFile, 'utf8')) as AdvisorySnapshot;
  const lockFile = JSON.parse(readFileSync('package-lock.json', 'utf8')) as LockFile;
  const findings = advisoryFindings(snapshot, shippedModules(lockFile), new Date());
  const { open, accepted, unread, ageDays } = findings;
  say(`The registry audits nothing (${reason}). Held against the advisories of ${snapshot.readOn} instead,`);
  say(`looked up by hand at ${snapshot.source}: ask a registry that audits before a release.`);
  if (ageDays > maxAgeDays) {
    say(
      `WARNING: they are ${ageDays} days old, more than ${maxAgeDays}. Renew scripts/check/advisories.json.`,
    );
  }
  for (const { id, module, version, severity, title } of open)
    say(`${severity}: ${module} ${version}: ${title} (${id})`);
  for (const { id, module, version, severity, accepted: why } of accepted)
    say(`accepted, ${severity}: ${module} ${version}, ${id}: ${why}`);
  if (unread.length > 0) {
    say(
      `Nobody has looked up advisories of ${unread.join(', ')}: do, and say so in scripts/check/advisories.json.`,
    );
  }
  if (open.length + unread.length === 0) say('No other advisory is known to apply.');
  if (isBlocking(findings)) process.exitCode = 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
