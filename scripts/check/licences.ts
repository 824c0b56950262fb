// npm run check:licences: what ships must be free of GPL and AGPL. Reads the lock file, so it needs no network.

import { readFileSync } from 'node:fs';
import { type LicenceFinding, type LockFile, licenceFindings } from './licence-rules.ts';

const lockFile = JSON.parse(readFileSync('package-lock.json', 'utf8')) as LockFile;
const findings = licenceFindings(lockFile);
const refused = findings.filter(({ verdict }) => verdict === 'refused');
const separate = findings.filter(({ verdict }) => verdict === 'separate module');

const byLicence = Object.groupBy(findings, ({ licence }) => licence);
for (const [licence, found = []] of Object.entries(byLicence).sort()) {
  process.stdout.write(`${String(found.length).padStart(4)}  ${licence}\n`);
}
process.stdout.write(`As separate modules, replaceable by whoever runs them: ${namesOf(separate)}\n`);
if (refused.length > 0) {
  process.stderr.write(`These may not ship: ${namesOf(refused)}\n`);
  process.exitCode = 1;
}

function namesOf(found: readonly LicenceFinding[]): string {
  return found.map(({ name, licence }) => `${name} (${licence})`).join(', ');
}
