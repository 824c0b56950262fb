// How fast a stage moves to new versions of its functions: the stage parameter `canary`.
// https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
import { refusal, unlessRefused } from './refusal.js';

/** As CodeDeploy calls them after `CodeDeployDefault.Lambda`. */
const rollouts = [
  'AllAtOnce',
  ...['Canary10Percent5Minutes', 'Canary10Percent10Minutes', 'Canary10Percent15Minutes'],
  ...['Canary10Percent30Minutes', 'Linear10PercentEvery1Minute', 'Linear10PercentEvery2Minutes'],
  ...['Linear10PercentEvery3Minutes', 'Linear10PercentEvery10Minutes'],
];

/** The name of CodeDeploy's configuration; undefined where CloudFormation moves aliases by itself, at once. */
export const rolloutOf = (variables) => unlessRefused(() => checkedRollout(variables));

/** @throws at a word that is none */
export async function checkedRollout({ resolveVariable }) {
  const canary = String(await resolveVariable('param:canary'));
  if (canary === 'off') return undefined;
  if (!rollouts.includes(canary)) throw refusal(`canary: "${canary}" is none of off, ${rollouts.join(', ')}`);
  return `CodeDeployDefault.Lambda${canary}`;
}
