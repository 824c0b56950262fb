// Every stage keeps every rule, wherever it is deployed.
import { describe, expect, it } from 'vitest';
import { rulesOf } from './rules/all-rules.ts';
import { deploymentOf, places, stages } from './support/deployment.ts';

/** And one that serverless.yml knows nothing of. */
const deployed = [...stages, 'staging'].flatMap((stage) => places.map((place) => ({ stage, place })));

describe.each(deployed)('stage $stage in $place.region', (options) => {
  it.each(rulesOf(options.stage))('%s', async (_title, rule) => {
    const deployment = await deploymentOf(options);

    expect(rule(deployment.resources, deployment)).toEqual([]);
  });
});
