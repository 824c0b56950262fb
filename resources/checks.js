// Refuses, when the stage is packaged, what its deployment would fail at after minutes.
import { checkedOrigins } from './allowed-origins.js';
import { checkedSettings } from './delivery-settings.js';
import { checkedSources } from './original-sources.js';
import { checkParameters } from './parameters.js';
import { refusal } from './refusal.js';
import { checkedRollout } from './rollout.js';

/** The longest that leaves a bucket its 63 characters in every region. */
const stageName = /^[a-z][a-z0-9-]{0,14}$/;

/** `custom.checks` */
export async function checks(variables) {
  const { resolveVariable, resolveConfigurationProperty } = variables;
  const stage = await resolveVariable('sls:stage');
  if (!stageName.test(stage))
    throw refusal(
      `--stage ${stage}: buckets are named after it, so at most 15 lower-case letters, digits and hyphens, the first a letter`,
    );
  await checkParameters(variables);
  const region = await resolveConfigurationProperty(['provider', 'region']);
  // https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-Beijing.html
  if (region.startsWith('cn-') && (await resolveVariable('param:jwtIssuer')) === '')
    throw refusal(
      `--region ${region}: there are no user pools in China; set the stage parameters jwtIssuer and jwtAudience to an OIDC provider's`,
    );
  await checkedOrigins(resolveVariable);
  await checkedSources(resolveVariable);
  await checkedRollout(variables);
  await checkedSettings(variables);
  return {};
}
