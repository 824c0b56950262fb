// npm run check:licenses: what ships must be free of GPL and AGPL. Reads the lock file, so it needs no network.

import { readFileSync } from 'node:fs';
import { print } from '../terminal/print.ts';
import { runTool } from '../terminal/run-tool.ts';
import { type LicenseFinding, type LockFile, licenseFindings } from './license-rules.ts';

const tool = {
  name: 'check:licenses',
  about: 'Counts by license what production installs, and fails when something may not ship.',
  options: {},
};

await runTool(tool, async () => {
  const lockFile = JSON.parse(readFileSync('package-lock.json', 'utf8')) as LockFile;
  const findings = licenseFindings(lockFile);
  const refused = findings.filter(({ verdict }) => verdict === 'refused');
  const separate = findings.filter(({ verdict }) => verdict === 'separate module');

  const byLicense = Object.groupBy(findings, ({ license }) => license);
  for (const [license, found = []] of Object.entries(byLicense).sort()) {
    print(`${String(found.length).padStart(4)}  ${license}`);
  }
  print(`As separate modules, replaceable by whoever runs them: ${namesOf(separate)}`);
  if (refused.length > 0) process.stderr.write(`These may not ship: ${namesOf(refused)}\n`);
  return refused.length > 0 ? 1 : 0;
});

function namesOf(found: readonly LicenseFinding[]): string {
  return found.map(({ name, license }) => `${name} (${license})`).join(', ');
}
