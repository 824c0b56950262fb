// Which pages may call the API, send originals and read what is stored: those of the stage parameter `allowedOrigins`, the one
// that is deployed with the stack, and no others. Without any there is no CORS at all. serverless.yml asks for each export by
// its name: https://www.serverless.com/framework/docs/providers/aws/guide/variables#reference-properties-in-javascript-files
import { originsOf } from './allowed-origins.js';
import { settingsOf, urlOf } from './delivery-settings.js';

/** `provider.httpApi.cors`: the stack's own page calls the API at its own origin, where nobody asks for it. */
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
export async function originals(variables) {
  const { mode, domain } = await settingsOf(variables);
  const origins = await originsOf(variables.resolveVariable);
  const own = mode === 'none' || origins.includes('*') ? [] : [urlOf(domain)];
  return bucketRules([...origins, ...own], {
    AllowedMethods: ['GET', 'PUT', 'POST'],
    AllowedHeaders: ['content-type', 'if-none-match', 'x-amz-*'],
    ExposedHeaders: ['ETag'],
  });
}

export const renditions = async ({ resolveVariable }) =>
  bucketRules(await originsOf(resolveVariable), { AllowedMethods: ['GET'] });

function bucketRules(AllowedOrigins, rule) {
  if (AllowedOrigins.length === 0) return { Ref: 'AWS::NoValue' };
  return { CorsRules: [{ AllowedOrigins, ...rule, MaxAge: 3600 }] };
}
