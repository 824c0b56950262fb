// Every stage keeps every rule, wherever it is deployed.
import { describe, expect, it } from 'vitest';
import { longStage } from '../support/delivery-keys.ts';
import { rulesOf } from './rules/all-rules.ts';
import { deploymentOf, places, stages } from './support/deployment.ts';

/** And two that serverless.yml knows nothing of, one of as long a name as there can be. */
const deployed = [...stages, 'staging', longStage].flatMap((stage) =>
  places.map((place) => ({ stage, place })),
);

describe.each(deployed)('stage $stage in $place.region', (options) => {
  it.each(rulesOf(options.stage))('%s', async (_title, rule) => {
    const deployment = await deploymentOf(options);

    expect(rule(deployment.resources, deployment)).toEqual([]);
  });
});
