// Faults that are planted in a template, for a rule to be seen to catch them.
import type { Template } from '../../../scripts/local/template/types.ts';
import type { Rule } from '../rules/rule.ts';
import { deploymentOf } from './deployment.ts';

export type Resources = Template['Resources'];
export type Spoil = (resources: Resources) => void;

/** The properties of a resource, to be spoiled. */
// biome-ignore lint/suspicious/noExplicitAny: properties are as many shapes as there are resource types
export function propertiesOf(resources: Resources, logicalId: string): any {
  const properties = resources[logicalId]?.Properties;
  if (properties === undefined) throw new Error(`There is no ${logicalId}`);
  return properties;
}

export const setting =
  (logicalId: string, changes: object): Spoil =>
  (resources) =>
    Object.assign(propertiesOf(resources, logicalId), changes);

/** What a rule says of stage `prod` with a fault in it. */
export async function findings(
  rule: Rule,
  spoil: Spoil,
  params: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const deployment = await deploymentOf({ stage: 'prod', spoil, params });
  return rule(deployment.resources, deployment);
}
