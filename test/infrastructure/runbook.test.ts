// The runbook has an entry for every alarm that can wake somebody and every failure code that can be found.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compileProject } from '../../scripts/local/template/compile.ts';
import { outageCodes, rejectionCodes } from '../../shared/domain/errors.ts';
import { withKeys } from '../support/delivery-keys.ts';
import { resolveTemplate, withFunctions } from './support/resolved-template.ts';

const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const entries = [...runbook.matchAll(/^### (.+)$/gm)].map(([, title]) => title);

it('has the entry that each alarm names', async () => {
  const resources = resolveTemplate(
    withFunctions(await compileProject({ stage: 'prod', params: withKeys() })),
  );
  const alarms = [...resources.values()].filter(({ type }) => type === 'AWS::CloudWatch::Alarm');

  const named = alarms.map(
    ({ properties }) => /See docs\/runbook\.md, (.+)\.$/.exec(properties.AlarmDescription)?.[1],
  );

  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((entry) => entry === undefined || !entries.includes(entry))).toEqual([]);
});

it('has an entry for every failure code', () => {
  expect([...rejectionCodes, ...outageCodes].filter((code) => !entries.includes(code))).toEqual([]);
});
