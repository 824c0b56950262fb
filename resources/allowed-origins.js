// The stage parameter `allowedOrigins`, read: what speaks of pages elsewhere asks here.
import { refusal, unlessRefused } from './refusal.js';

/** Stages that are nobody's but a developer's. */
const privateStages = ['dev', 'test'];
// https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Origin
const origin = /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?$/;

/** The origins that the parameter names. */
export const originsOf = (resolveVariable) => unlessRefused(() => checkedOrigins(resolveVariable), []);

/** Each of them one. @throws at a parameter that is not to be deployed */
export async function checkedOrigins(resolveVariable) {
  const list = String(await resolveVariable('param:allowedOrigins'));
  const stage = await resolveVariable('sls:stage');
  const origins = list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  for (const name of origins) {
    if (name === '*' && !privateStages.includes(stage))
      throw refusal(
        `allowedOrigins: "*" lets every page in; name the origins of stage ${stage}, as https://photos.example,https://admin.example`,
      );
    if (name !== '*' && !origin.test(name))
      throw refusal(`allowedOrigins: "${name}" is not an origin such as https://photos.example`);
  }
  return origins;
}
