// Which pages may call the API, send originals and read what is stored: those of the stage parameter `allowedOrigins`, and
// no others. Without any there is no CORS at all. serverless.yml asks for each export by its name:
// https://www.serverless.com/framework/docs/providers/aws/guide/variables#reference-properties-in-javascript-files
import { refusal } from './refusal.js';

/** Stages that are nobody's but a developer's. */
const privateStages = ['dev', 'test'];
// https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Origin
const origin = /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?$/;

/** `provider.httpApi.cors` */
export async function api({ resolveVariable }) {
  const allowedOrigins = await originsOf(resolveVariable);
  if (allowedOrigins.length === 0) return false;
  return {
    allowedOrigins,
    allowedHeaders: ['authorization', 'content-type', 'if-none-match'],
    allowedMethods: ['GET', 'POST', 'DELETE'],
    exposedResponseHeaders: ['etag', 'location', 'retry-after', 'www-authenticate', 'x-request-id'],
    maxAge: 86_400,
  };
}

/** Uploads by PUT or by a form, and downloads, all by signed material. */
export const originals = async ({ resolveVariable }) =>
  bucketRules(await originsOf(resolveVariable), {
    AllowedMethods: ['GET', 'PUT', 'POST'],
    AllowedHeaders: ['content-type', 'if-none-match', 'x-amz-*'],
    ExposedHeaders: ['ETag'],
  });

export const renditions = async ({ resolveVariable }) =>
  bucketRules(await originsOf(resolveVariable), { AllowedMethods: ['GET'] });

function bucketRules(AllowedOrigins, rule) {
  if (AllowedOrigins.length === 0) return { Ref: 'AWS::NoValue' };
  return { CorsRules: [{ AllowedOrigins, ...rule, MaxAge: 3600 }] };
}

/** The origins that the parameter names, each of them one: what reads it elsewhere asks here. */
export async function originsOf(resolveVariable) {
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
