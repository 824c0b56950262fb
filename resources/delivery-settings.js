// How a stage delivers, read off its parameters and its keys, and refused where that cannot be deployed.
import { existsSync, readFileSync } from 'node:fs';
import { refusal, unlessRefused } from './refusal.js';
import { prefixOf } from './workload.js';

const modes = ['private', 'public', 'none'];
/** AWS's own certificates, and whatever else is in a region of this kind only, are in us-east-1. */
const certificate = /^arn:aws:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]+$/;

/** Of mode `none` nothing else is known. */
export const settingsOf = (variables) => unlessRefused(() => checkedSettings(variables), { mode: 'none' });

/** @throws at parameters that are not to be deployed, and where keys are missing */
export async function checkedSettings({ resolveVariable, resolveConfigurationProperty }) {
  const param = async (name) => String(await resolveVariable(`param:${name}`));
  const mode = await param('delivery');
  if (!modes.includes(mode)) throw refusal(`delivery: "${mode}" is none of ${modes.join(', ')}`);
  if (mode === 'none') return { mode };
  const stage = await resolveVariable('sls:stage');
  const region = await resolveConfigurationProperty(['provider', 'region']);
  if (/^(cn|us-gov|us-iso|eu-isoe|eusc)/.test(region))
    throw refusal(
      `--region ${region}: there is no CloudFront in its partition; set the stage parameter delivery to none, and URLs are pre-signed`,
    );
  const [domain, certificateArn] = [await param('deliveryDomain'), await param('deliveryCertificate')];
  if ((domain === '') !== (certificateArn === ''))
    throw refusal('deliveryDomain and deliveryCertificate: set both or neither');
  if (domain !== '' && !certificate.test(certificateArn))
    throw refusal(
      `deliveryCertificate: CloudFront takes the ARN of a certificate in us-east-1, arn:aws:acm:us-east-1:…, not "${certificateArn}"`,
    );
  const prefix = await prefixOf({ resolveVariable });
  // What CloudFront has is of no region, and so are its names: another stage of this name may be in another region.
  const named = (...suffix) => ({ 'Fn::Sub': [`${prefix}-\${AWS::Region}`, ...suffix].join('-') });
  const keys = mode === 'private' ? readKeys(await param('deliveryKeys'), stage, region) : undefined;
  return { mode, stage, prefix, named, keys, domain, certificateArn };
}

/** Where the distribution answers: as its own host, or by the stage's. */
export const urlOf = (domain, path = '') =>
  domain === '' ? { 'Fn::Sub': `https://\${Distribution.DomainName}${path}` } : `https://${domain}${path}`;

/** What `npm run delivery-keys` wrote. */
function readKeys(folder, stage, region) {
  const file = `${folder}/${stage}.${region}.json`;
  if (!existsSync(file))
    throw refusal(
      `delivery: stage ${stage} has no keys in ${region} to sign URLs with; make them: npm run delivery-keys -- --stage ${stage} --region ${region} --yes`,
    );
  return JSON.parse(readFileSync(file, 'utf8'));
}
