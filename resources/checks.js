// Refuses, when the stage is packaged, what its deployment would fail at after minutes.
import { stageName } from '../scripts/operations/stage-name.ts';
import { checkedOrigins } from './allowed-origins.js';
import { checkedSettings } from './delivery-settings.js';
import { checkedSources } from './original-sources.js';
import { checkParameters } from './parameters.js';
import { refusal } from './refusal.js';
import { checkedRollout } from './rollout.js';

/** `custom.checks` */
export async function checks(variables) {
  const { resolveVariable, resolveConfigurationProperty } = variables;
  const stage = await resolveVariable('sls:stage');
  if (!stageName.pattern.test(stage))
    throw refusal(`--stage ${stage}: buckets are named after it, so ${stageName.is}`);
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
